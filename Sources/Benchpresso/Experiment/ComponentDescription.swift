import Configuration
import Registry

/// What is known of a component, for people and as JSON.
struct ComponentDescription: Encodable {
  let classPath: String
  let kind: String
  let summary: String
  let aliases: [String]
  let taxonomyLeaf: String?
  let paper: String?
  let settings: [Setting]
  let example: String

  /// One argument.
  struct Setting: Encodable {
    let key: String
    let type: String
    let isOptional: Bool
    let choices: [String]
    let defaultValue: Node
    let documentation: String
  }

  private let descriptions: [SettingDescription]

  private enum CodingKeys: String, CodingKey {
    case kind, summary, aliases, paper, settings, example
    case classPath = "class_path"
    case taxonomyLeaf = "taxonomy_leaf"
  }

  init(_ entry: Entry, catalogue: Catalogue) {
    classPath = entry.classPath
    kind = entry.kind
    summary = entry.summary
    aliases = entry.aliases
    taxonomyLeaf = entry.leaf
    paper = entry.paper
    descriptions = entry.settings
    settings = entry.settings.map {
      Setting(
        key: $0.key, type: $0.type, isOptional: $0.isOptional, choices: $0.choices, defaultValue: $0.defaultValue,
        documentation: $0.documentation)
    }
    example = ComponentExample(entry, catalogue: catalogue).yaml
  }

  /// The description as text.
  var text: String {
    var lines = ["\(classPath)  (\(kind))", TextWrap.indented(summary, indent: 2)]
    if let paper { lines.append("  Paper: \(paper)") }
    if let taxonomyLeaf { lines.append("  Taxonomy: \(taxonomyLeaf)") }
    if !aliases.isEmpty { lines.append("  Also called: \(aliases.joined(separator: ", "))") }
    lines += ["", "Settings"]
    lines.append(descriptions.isEmpty ? "  none" : SettingsReference(settings: descriptions).text(indent: 2))
    lines += ["", "Example"]
    lines += example.split(separator: "\n").map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}

/// A configuration that uses a component, with its defaults written out.
struct ComponentExample {
  private let entry: Entry
  private let arguments: [Node.Field]

  init(_ entry: Entry, catalogue: Catalogue) {
    self.entry = entry
    let files = Set(entry.settings.filter { $0.shape == .file }.map(\.key))
    arguments = (Self.stated(catalogue.defaultArguments(of: entry)).fields ?? []).map { field in
      guard files.contains(field.key), let path = field.value.string else { return field }
      return Node.Field(key: field.key, mark: field.mark, value: Node(.string(PathText.short(path))))
    }
  }

  /// The tree without what is left open.
  private static func stated(_ node: Node) -> Node {
    guard let fields = node.fields else { return node }
    let kept = fields.compactMap { field -> Node.Field? in
      let value = stated(field.value)
      let isOpen = value.isNull || field.key == "init_args" && value.fields?.isEmpty == true
      return isOpen ? nil : Node.Field(key: field.key, mark: field.mark, value: value)
    }
    return Node(.map(kept), mark: node.mark)
  }

  /// The component at a place where it can stand.
  var yaml: String { tree.yaml() }

  /// The tree of the example.
  var tree: Node {
    var fields: [(String, Node)] = [("class_path", Node(.string(entry.classPath)))]
    if !arguments.isEmpty { fields.append(("init_args", Node(.map(arguments)))) }
    let component = Node.map(fields)
    if entry.kind == ConditionalPriorKind.name {
      // The default model has no second latent.
      let model = Node.map([("class_path", "models.MeanScaleHyperprior"), ("init_args", .map([("gaussian_conditional", component)]))])
      return .map([("model", model)])
    }
    guard let place = Self.places[entry.kind] else { return component }
    var node = entry.kind == CallbackKind.name || entry.kind == LoggerKind.name ? Node(.list([component])) : component
    for key in place.reversed() { node = .map([(key, node)]) }
    return node
  }

  /// Where a component of a kind can stand in an experiment.
  private static let places: [String: [String]] = [
    ModelKind.name: ["model"], NonlinearityKind.name: ["model", "init_args", "activation"],
    LossKind.name: ["model", "init_args", "rate_distortion_function"], DatasetKind.name: ["data"],
    PriorKind.name: ["model", "init_args", "entropy_bottleneck"],
    TransformKind.name: ["data", "init_args", "transform"], OptimizerKind.name: ["optimizer"], SchedulerKind.name: ["lr_scheduler"],
    CallbackKind.name: ["trainer", "callbacks"], LoggerKind.name: ["trainer", "logger"],
  ]
}
