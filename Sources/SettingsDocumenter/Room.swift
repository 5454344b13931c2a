/// The types of one target.
struct Room {
  /// The name of the target.
  let name: String
  /// The types and extensions of all its files.
  let types: [SourceType]

  /// Creates a room from the texts of its files, in the order of their paths.
  init(name: String, sources: [String]) {
    self.name = name
    types = sources.flatMap(DeclarationReader.types)
  }

  /// Returns the structs of settings that other files may name, sorted by name.
  ///
  /// - Parameter protocols: The names of the protocols that make a struct one of settings.
  func settings(protocols: Set<String>) -> [SourceType] {
    let additions = types.filter { $0.kind == .addition }
    return types.filter { type in
      let inherited = type.inherited + additions.filter { $0.name == type.name }.flatMap(\.inherited)
      return type.kind == .structure && access(of: type) > .file && inherited.contains { protocols.contains($0) }
    }.sorted { $0.name < $1.name }
  }

  /// Returns the access of a type, which those around it narrow.
  func access(of type: SourceType) -> Access {
    let outer = types.filter { $0.kind != .addition && type.name.hasPrefix("\($0.name).") }
    return outer.map(\.access).reduce(type.access, min)
  }

  /// Returns the enum that `mention` means inside the type `scope`, looking from the inside out.
  func choices(_ mention: String, in scope: String = "") -> SourceType? {
    var parts = scope.split(separator: ".")
    while true {
      let name = (parts.map(String.init) + [mention]).joined(separator: ".")
      if let type = types.first(where: { $0.kind == .enumeration && $0.name == name && $0.inherited.contains("String") }) { return type }
      if parts.popLast() == nil { return nil }
    }
  }
}
