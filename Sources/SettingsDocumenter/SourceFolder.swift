import SafeFiles

/// The folder with the sources of all rooms.
struct SourceFolder {
  let path: String

  /// The name of the generated file of each room.
  static let fileName = "SettingsDocumentation.swift"

  /// A generated file that is not what the comments say.
  struct StaleFile: Equatable {
    let path: String
    /// What it should hold; nil when it should not be there.
    let contents: String?
  }

  /// Returns the generated files that differ from what the comments say, in the order of the rooms' names.
  func staleFiles() throws(FileError) -> [StaleFile] {
    var rooms: [Room] = []
    for name in try Folder.names(in: path) where Folder.exists("\(path)/\(name)") {
      rooms.append(Room(name: name, sources: try sources(in: "\(path)/\(name)")))
    }
    let documenter = Documenter(rooms)
    var stale: [StaleFile] = []
    for room in rooms {
      let file = "\(path)/\(room.name)/\(Self.fileName)"
      let contents = documenter.source(ofRoom: room.name)
      let names = try Folder.names(in: "\(path)/\(room.name)")
      let present = names.contains(Self.fileName) ? String(decoding: try FileBytes.read(file), as: UTF8.self) : nil
      if present != contents { stale.append(StaleFile(path: file, contents: contents)) }
    }
    return stale
  }

  /// The texts of all Swift files but the generated one, by their path.
  private func sources(in folder: String) throws(FileError) -> [String] {
    var texts: [String] = []
    for name in try Folder.names(in: folder) where !name.hasPrefix(".") && name != Self.fileName {
      let file = "\(folder)/\(name)"
      if name.hasSuffix(".swift") {
        texts.append(String(decoding: try FileBytes.read(file), as: UTF8.self))
      } else if Folder.exists(file) {
        texts += try sources(in: file)
      }
    }
    return texts
  }
}
