import Configuration
import Registry

/// Leaving out what is the default anyway.
struct ConfigurationDefaults {
  let catalogue: Catalogue

  /// Returns the tree without values that equal `defaults`; nil when nothing is left.
  ///
  /// Arguments of components are compared with those of their class, and a component keeps its class path.
  func without(_ node: Node, defaults: Node?, isTop: Bool = false) -> Node? {
    if node == defaults && !isTop { return nil }
    var result = node
    if let classPath = node["class_path"]?.string, node.fields?.allSatisfy({ ["class_path", "init_args"].contains($0.key) }) == true {
      let entry = catalogue.entry(classPath)
      let arguments = node["init_args"].flatMap { without($0, defaults: entry.map { catalogue.defaultArguments(of: $0) }) }
      if defaults?["class_path"]?.string == classPath, arguments == nil, node["init_args"] == defaults?["init_args"] { return nil }
      result["init_args"] = arguments
      // What the surroundings set differently from the class has to stay, even where it is the class's default.
      if let outer = defaults?["init_args"], defaults?["class_path"]?.string == classPath {
        for field in node["init_args"]?.fields ?? []
        where outer[field.key] != nil && outer[field.key] != field.value && result["init_args"]?[field.key] == nil {
          var arguments = result["init_args"] ?? Node(.map([]))
          arguments[field.key] = field.value
          result["init_args"] = arguments
        }
      }
      return result
    }
    guard let fields = node.fields else { return node }
    let kept = fields.compactMap { field in
      without(field.value, defaults: defaults?[field.key]).map { Node.Field(key: field.key, mark: field.mark, value: $0) }
    }
    result.value = .map(kept)
    return kept.isEmpty && !isTop ? nil : result
  }

  /// Returns the tree without nulls, but for those that stand for another default: without them the default would come back.
  func withoutNulls(_ node: Node, defaults: Node?) -> Node {
    var node = node
    if let elements = node.elements {
      node.value = .list(elements.map { withoutNulls($0, defaults: nil) })
    } else if let fields = node.fields {
      var (inner, outer) = (defaults, Node?.none)
      if let classPath = node["class_path"]?.string, let entry = catalogue.entry(classPath) {
        // Arguments are laid over those of the surroundings' default where that has the class, else over those of the class.
        inner = .map([("init_args", catalogue.defaultArguments(of: entry))])
        outer = defaults?["class_path"]?.string == classPath ? defaults : nil
      }
      node.value = .map(
        fields.compactMap { field in
          let other = outer?[field.key] ?? inner?[field.key]
          if field.value.isNull { return other?.isNull ?? true ? nil : field }
          return Node.Field(key: field.key, mark: field.mark, value: withoutNulls(field.value, defaults: other))
        })
    }
    return node
  }
}
