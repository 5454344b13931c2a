import Configuration
import Registry

/// A configuration that uses a component, with its defaults written out.
struct ComponentExample {
  private let entry: Entry
  private let arguments: [Node.Field]
  private let host: NetworkHost?

  init(_ entry: Entry, catalogue: Catalogue) {
    self.entry = entry
    host = entry.kind == NetworkKind.name ? NetworkHost(of: entry, catalogue: catalogue) : nil
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
    if let (model, setting) = hostOfPart {
      return .map([("model", .map([("class_path", Node(.string(model))), ("init_args", .map([(setting, component)]))]))])
    }
    if entry.kind == RateControlKind.name {
      // Offsets need a quantizer that rounds in training, and all others go with one.
      let arguments = Node.map([("quantizer", "quantizer.Mixed"), ("rate_control", component)])
      return .map([("model", Node.map([("class_path", "models.MeanScaleHyperprior"), ("init_args", arguments)]))])
    }
    if entry.kind == BlockKind.name {
      // Behind the first convolution and its non-linearity.
      let arguments = Node.map([("insert", component), ("after", Node(.list([Node(.int(1))])))])
      let encoder = Node.map([("class_path", "networks.Recombined"), ("init_args", arguments)])
      return .map([("model", .map([("class_path", "models.FactorizedPrior"), ("init_args", .map([("encoder", encoder)]))]))])
    }
    if let host {
      let model = Node.map([("class_path", Node(.string(host.model.classPath))), ("init_args", host.arguments(with: component))])
      return .map([("model", model)])
    }
    guard let place = Self.places[entry.kind] else { return component }
    let isOneOfSeveral = [CallbackKind.name, LoggerKind.name, MetricKind.name].contains(entry.kind)
    var node = isOneOfSeveral ? Node(.list([component])) : component
    for key in place.reversed() { node = .map([(key, node)]) }
    return node
  }

  /// A model with a place for a part that the default model has none for, and that place.
  private var hostOfPart: (model: String, setting: String)? {
    switch entry.kind {
    case ConditionalPriorKind.name where entry.classPath == "prior.GaussianConditional":
      ("models.MeanScaleHyperprior", "gaussian_conditional")
    case ConditionalPriorKind.name: ("models.Composed", "density")
    case SideInformationKind.name where entry.classPath == "side_information.OctaveHyperprior": ("models.Octave", "joint_side_information")
    case SideInformationKind.name: ("models.Composed", "side_information")
    case ContextModelKind.name: ("models.Composed", "context_model")
    case NetworkKind.name where isHostless("HyperAnalysis"): ("models.MeanScaleHyperprior", "hyper_analysis")
    case NetworkKind.name where isHostless("HyperSynthesis"): ("models.MeanScaleHyperprior", "hyper_synthesis")
    default: nil
    }
  }

  /// Whether no model has the network by default, and its name says what it is for.
  private func isHostless(_ purpose: String) -> Bool { host == nil && entry.classPath.hasSuffix(purpose) }

  /// Where a component of a kind can stand in an experiment.
  private static let places: [String: [String]] = [
    ModelKind.name: ["model"], NetworkKind.name: ["model", "init_args", "encoder"], CodecKind.name: ["codec"],
    NonlinearityKind.name: ["model", "init_args", "activation"],
    LossKind.name: ["model", "init_args", "rate_distortion_function"], DatasetKind.name: ["data"],
    PriorKind.name: ["model", "init_args", "entropy_bottleneck"], QuantizerKind.name: ["model", "init_args", "quantizer"],
    TransformKind.name: ["data", "init_args", "transform"], OptimizerKind.name: ["optimizer"], SchedulerKind.name: ["lr_scheduler"],
    CallbackKind.name: ["trainer", "callbacks"], LoggerKind.name: ["trainer", "logger"], MetricKind.name: ["test", "metrics"],
  ]
}
