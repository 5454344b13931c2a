public import Configuration

/// What stands at a dotted path of a configuration.
public struct SettingPlace: Sendable {
  /// What the setting is; nil for the whole configuration, an item of a list, and the class path or the arguments of a component.
  public let description: SettingDescription?
  /// What kind of value is expected.
  public let shape: SettingShape
  /// The class path of the component whose argument it is; nil outside components.
  public let owner: String?
  /// The class path that a component at this place has; nil for anything else.
  public let classPath: String?
  /// The settings directly below, under their own names; the arguments for a component.
  public let children: [SettingDescription]
  /// The items of a list by their class paths, as far as the configuration says.
  public let items: [String]
}

extension Catalogue {
  /// Returns what stands at a path of keys.
  ///
  /// `init_args` may be left out, `[Class]` and `[index]` choose an item of a list, and any other key below a list belongs to its last item.
  ///
  /// - Parameters:
  ///   - keys: The keys from the top; none for the whole configuration.
  ///   - tree: The configuration, which says which classes the components have; where it is silent, the defaults count.
  ///   - root: The type of the whole configuration.
  /// - Returns: Nil when no setting has this path.
  public func place(_ keys: [String], in tree: Node, root: any Settings.Type) -> SettingPlace? {
    var walk = PlaceWalk(catalogue: self, root: root, tree: tree)
    for key in keys { guard walk.enter(key) else { return nil } }
    return walk.place
  }
}

/// A walk from the top of a configuration along keys.
private struct PlaceWalk {
  let catalogue: Catalogue
  private var settings: [SettingDescription]
  private var prefix = ""
  private var node: Node?
  private var shape = SettingShape.settings
  private var current: SettingDescription?
  private var owner: String?

  init(catalogue: Catalogue, root: any Settings.Type, tree: Node) {
    func all<S: Settings>(_ type: S.Type) -> [SettingDescription] { SettingDescription.all(of: type) }
    self.catalogue = catalogue
    settings = all(root)
    node = tree
  }

  var place: SettingPlace {
    let entry = entry
    let children: [SettingDescription] =
      switch shape {
      case .settings: direct(settings, prefix)
      case .component: direct(entry?.settings ?? [], "")
      case .value, .flag, .choice, .file, .list, .dictionary: []
      }
    let items = (node?.elements ?? []).map { $0["class_path"]?.string ?? $0.string ?? "" }
    return SettingPlace(
      description: current, shape: shape, owner: owner, classPath: entry?.classPath, children: children, items: items)
  }

  mutating func enter(_ key: String) -> Bool {
    switch shape {
    case .settings:
      guard let found = settings.first(where: { $0.key == prefix + key }) else { return false }
      node = node?[key] ?? node?["\(key)+"]
      current = found
      shape = found.shape
      if shape == .settings { prefix += key + "." }
      return true
    case .component:
      if key == "class_path" {
        leave(for: .value)
        return true
      }
      guard let entry else { return false }
      // Typed arguments may stand without 'init_args' where no class was named.
      if node?["class_path"] != nil || node?["init_args"] != nil { node = node?["init_args"] }
      settings = entry.settings
      prefix = ""
      owner = entry.classPath
      leave(for: .settings)
      return key == "init_args" || enter(key)
    case .list(let element):
      let elements = node?.elements ?? []
      if key.hasPrefix("["), key.hasSuffix("]") {
        let selector = String(key.dropFirst().dropLast())
        let index = Int(selector) ?? elements.firstIndex { name($0).map { $0 == selector || $0.hasSuffix(".\(selector)") } ?? false }
        node = index.flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        leave(for: element)
        return true
      }
      node = elements.last
      leave(for: element)
      return enter(key)
    case .dictionary(let element):
      node = node?[key]
      leave(for: element)
      return true
    case .value, .flag, .choice, .file: return false
    }
  }

  private mutating func leave(for shape: SettingShape) {
    current = nil
    self.shape = shape
  }

  /// The entry of the component at this place: what is written, else the default.
  private var entry: Entry? {
    guard case .component(let kind) = shape else { return nil }
    guard let name = node.flatMap({ name($0) }) ?? current.flatMap({ name($0.defaultValue) }) else { return nil }
    if let entry = catalogue.entry(name) { return entry.kind == kind ? entry : nil }
    let found = catalogue.entries(ofKind: kind, shortName: name)
    return found.count == 1 ? found[0] : nil
  }

  private func name(_ node: Node) -> String? { node["class_path"]?.string ?? node.string }

  private func direct(_ settings: [SettingDescription], _ prefix: String) -> [SettingDescription] {
    settings.filter { $0.key.hasPrefix(prefix) && !$0.key.dropFirst(prefix.count).contains(".") }
  }
}
