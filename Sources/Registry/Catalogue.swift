public import Configuration

/// All components that a program knows; it never changes.
public struct Catalogue: Sendable {
  /// The entries in the order given.
  public let entries: [Entry]
  private let byName: [String: Int]

  /// Creates a catalogue of `entries`.
  ///
  /// - Throws: ``RegistryError`` when two entries share a class path or an alias, or a class path does not fit its kind.
  public init(_ entries: [Entry]) throws(RegistryError) {
    var byName: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard entry.classPath.hasPrefix(entry.section + ".") else {
        throw .wrongSection(classPath: entry.classPath, kind: entry.kind, section: entry.section)
      }
      for name in [entry.classPath] + entry.aliases {
        if let other = byName[name] { throw .duplicate(name: name, first: entries[other].classPath, second: entry.classPath) }
        byName[name] = index
      }
    }
    self.entries = entries
    self.byName = byName
  }

  /// The entry with the class path or alias `name`; nil when there is none.
  public func entry(_ name: String) -> Entry? { byName[name].map { entries[$0] } }

  /// The entries of a kind, sorted by class path.
  public func entries<Kind: ComponentKind>(of kind: Kind.Type) -> [Entry] { entries(ofKind: Kind.name) }

  /// The canonical class paths of a kind, sorted.
  public func names<Kind: ComponentKind>(of kind: Kind.Type) -> [String] { entries(of: kind).map(\.classPath) }

  /// What merging of configurations has to know about the components.
  public var mergeRules: MergeRules {
    MergeRules(
      canonicalName: { entry($0)?.classPath ?? unique($0)?.classPath ?? $0 },
      arguments: { (entry($0) ?? unique($0))?.argumentNames },
      accepts: { name, argument, value in
        guard let entry = entry(name) ?? unique(name) else { return true }
        let context = SettingsContext(components: self)
        _ = entry.complete(.map([(argument, value)]), "", context)
        return !context.problems.contains { $0.path == argument || $0.path.hasPrefix(argument + ".") || $0.path.hasPrefix(argument + "[") }
      })
  }

  /// The entries that `name` can mean: a class path, an alias, or the last part of either.
  public func entries(named name: String) -> [Entry] {
    if let entry = entry(name) { return [entry] }
    guard !name.contains(".") else { return [] }
    return entries.filter { entry in ([entry.classPath] + entry.aliases).contains { $0.hasSuffix("." + name) } }
  }

  /// The entries of the kind with this name, sorted by class path.
  public func entries(ofKind kind: String) -> [Entry] { entries.filter { $0.kind == kind }.sorted { $0.classPath < $1.classPath } }

  /// The entries of a kind whose class path or alias ends in the short name `name`: `GDN`.
  func entries(ofKind kind: String, shortName name: String) -> [Entry] {
    guard !name.contains(".") else { return [] }
    return entries(ofKind: kind).filter { entry in ([entry.classPath] + entry.aliases).contains { $0.hasSuffix("." + name) } }
  }

  /// The only entry of all kinds with the short name `name`; nil when there are none or several.
  private func unique(_ name: String) -> Entry? {
    let kinds = Set(entries.map(\.kind))
    let found = kinds.flatMap { entries(ofKind: $0, shortName: name) }
    return found.count == 1 ? found.first : nil
  }
}
