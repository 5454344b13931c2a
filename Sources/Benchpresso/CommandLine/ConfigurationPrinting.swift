import Configuration
import Registry

/// How `--print_config` prints the resolved configuration: `--print_config=comments,skip_null,skip_default`.
struct ConfigurationPrinting: Equatable {
  enum Flag: String, CaseIterable { case comments, skipNull = "skip_null", skipDefault = "skip_default" }

  /// The flags; empty for everything without comments.
  var flags: Set<Flag> = []

  init(_ text: String?) throws {
    for word in (text ?? "").split(separator: ",").map(String.init) {
      guard let flag = Flag(rawValue: word) else {
        throw UsageError.badValue(option: "print_config", value: word, valid: Flag.allCases.map(\.rawValue))
      }
      flags.insert(flag)
    }
  }

  /// Returns the text.
  func text(_ file: ExperimentFile, catalogue: Catalogue) -> String {
    var tree = file.tree
    if flags.contains(.skipDefault), let defaults = try? ExperimentFile(ConfigurationRequest(), catalogue: catalogue).tree {
      tree = ConfigurationDefaults(catalogue: catalogue).without(tree, defaults: defaults, isTop: true) ?? Node(.map([]))
    }
    if flags.contains(.skipNull) { tree = Self.withoutNulls(tree) }
    let header = ["benchpresso \(BuiltIn.version)"]
    guard flags.contains(.comments) else { return Variables.escaped(tree).yaml(header: header) }
    let places = file.tree
    return Variables.escaped(tree).yaml(header: header) { path, _ in
      let keys = KeySpelling.keys(of: path) ?? []
      let text = catalogue.place(keys, in: places, root: Experiment.self)?.description?.documentation ?? ""
      return YAMLComment(above: text.isEmpty ? [] : TextWrap.lines(text, width: max(40, 100 - 2 * keys.count)))
    }
  }

  private static func withoutNulls(_ node: Node) -> Node {
    var node = node
    if let fields = node.fields {
      node.value = .map(fields.filter { !$0.value.isNull }.map { Node.Field(key: $0.key, mark: $0.mark, value: withoutNulls($0.value)) })
    } else if let elements = node.elements {
      node.value = .list(elements.map { withoutNulls($0) })
    }
    return node
  }
}
