/// Puts the value of one option to its place in a tree.
struct OptionPlacement {
  let value: Node
  let appends: Bool
  let mark: Mark
  let rules: MergeRules
  var log: MergeLog

  mutating func place(_ steps: ArraySlice<OptionPath.Step>, in base: Node?, path: String) throws(ConfigurationError) -> Node {
    let base = base ?? .null
    guard let step = steps.first else { return base.merging(value, path: path, rules: rules, log: &log) }
    switch step {
    case .item(let selector):
      let index = try index(of: selector, in: base, path: path)
      return try replacing(index, of: base, steps: steps.dropFirst(), path: path)
    case .key(let key):
      if let elements = base.elements {
        guard !elements.isEmpty else { throw missing("the list is empty; add an item with --\(path)+", path) }
        return try replacing(elements.count - 1, of: base, steps: steps, path: path)
      }
      guard base.isComponentMap || base.string != nil else {
        return try setting(key, of: base, steps: steps.dropFirst(), path: KeySpelling.path(path, key))
      }
      var component = base.string == nil ? base : base.expandedClassPath
      if key == "class_path", steps.count == 1, !appends {
        return component.merging(.map([(key, value)], mark: mark), path: path, rules: rules, log: &log)
      }
      if key == "class_path" || key == "init_args" {
        return try setting(key, of: component, steps: steps.dropFirst(), path: KeySpelling.path(path, key))
      }
      let arguments = component["init_args"].flatMap { $0.isNull ? nil : $0 }
      component["init_args"] = try place(steps, in: arguments, path: KeySpelling.path(path, "init_args"))
      return component
    }
  }

  private mutating func setting(
    _ key: String, of base: Node, steps: ArraySlice<OptionPath.Step>, path: String
  ) throws(ConfigurationError) -> Node {
    var map = base.fields == nil ? Node(.map([]), mark: mark) : base
    if steps.isEmpty, appends {
      let overlay = Node.map([("\(key)+", value)], mark: mark)
      return map.merging(overlay, path: String(path.dropLast(key.count).trimmingDot), rules: rules, log: &log)
    }
    // A list that will be appended to the default is addressed by its plain name.
    let name = map[key] == nil && map["\(key)+"] != nil && !steps.isEmpty ? "\(key)+" : key
    let new = try place(steps, in: map[name], path: path)
    if steps.isEmpty { map["\(key)+"] = nil }
    var fields = map.fields ?? []
    if let index = fields.firstIndex(where: { $0.key == name }) {
      fields[index] = Node.Field(key: name, mark: steps.isEmpty ? mark : fields[index].mark, value: new)
    } else {
      fields.append(Node.Field(key: name, mark: mark, value: new))
    }
    map.value = .map(fields)
    return map
  }

  private mutating func replacing(
    _ index: Int, of list: Node, steps: ArraySlice<OptionPath.Step>, path: String
  ) throws(ConfigurationError) -> Node {
    var elements = list.elements ?? []
    elements[index] = try place(steps, in: elements[index], path: "\(path)[\(index)]")
    return Node(.list(elements), mark: list.mark)
  }

  private func index(of selector: String, in list: Node, path: String) throws(ConfigurationError) -> Int {
    guard let elements = list.elements else { throw missing("there is no list to choose '\(selector)' from", path) }
    if let index = Int(selector) {
      guard elements.indices.contains(index) else {
        throw missing("there is no item \(index); the list has \(elements.count), counted from 0", path)
      }
      return index
    }
    let names = elements.map { $0["class_path"]?.string ?? $0.string ?? "" }
    let found = elements.indices.filter { matches(names[$0], selector) }
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      throw missing("'\(selector)' is there \(found.count) times; use an index: \(found.map { "[\($0)]" }.joined(separator: " or "))", path)
    }
    let items = names.isEmpty ? "the list is empty" : "the list has \(names.joined(separator: ", "))"
    throw missing("there is no item '\(selector)'\(NearMatch.question(for: selector, among: names, then: items))", path)
  }

  /// A class is named by its whole path, an alias, or the last part of either.
  private func matches(_ classPath: String, _ selector: String) -> Bool {
    let canonical = rules.canonicalName(classPath)
    if classPath == selector || canonical == selector || canonical == rules.canonicalName(selector) { return true }
    return !selector.contains(".") && (classPath.hasSuffix(".\(selector)") || canonical.hasSuffix(".\(selector)"))
  }

  private func missing(_ sentence: String, _ path: String) -> ConfigurationError {
    ConfigurationError(mark: mark, path: path, sentence)
  }
}

extension StringProtocol {
  /// The text without a dot at its end.
  fileprivate var trimmingDot: String { hasSuffix(".") ? String(dropLast()) : String(self) }
}
