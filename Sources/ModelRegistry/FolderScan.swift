import SafeFiles

/// The files of interest below a path.
public enum FolderScan {
  /// How deep folders are looked into.
  static let depth = 12

  /// Calls `body` for each file that the registry may take below `path`, or for `path` itself if it is a file.
  ///
  /// Folders are read one at a time; links to folders are followed as deep as folders are.
  ///
  /// - Throws: `FileError` for a folder that cannot be read, and what `body` throws.
  public static func files(below path: String, _ body: (String) throws -> Void) throws {
    try files(below: path, depth: 0, body)
  }

  private static func files(below path: String, depth: Int, _ body: (String) throws -> Void) throws {
    guard Folder.exists(path) else { return try body(path) }
    guard depth < Self.depth else { return }
    for name in try Folder.names(in: path) where !name.hasPrefix(".") {
      let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      if Folder.exists(inner) {
        try files(below: inner, depth: depth + 1, body)
      } else if RecordReader.isOfInterest(name) {
        try body(inner)
      }
    }
  }
}
