import Configuration
import SafeFiles

/// Folders for results that overwrite nothing.
enum FreshFolder {
  /// Returns `path`, or with a number behind it where files lie already: `test`, `test_1`, `test_2`, ….
  static func free(_ path: String) throws -> String {
    let base = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var candidate = base
    var number = 0
    while Folder.exists(candidate), try !Folder.names(in: candidate).isEmpty {
      number += 1
      candidate = "\(base)_\(number)"
    }
    return candidate
  }

  /// Creates the folder that ``free(_:)`` names; of two programs that do so at once, each gets one of its own.
  ///
  /// - Returns: Its path.
  static func create(_ path: String) throws -> String {
    try Folder.create(PathText.folder(of: PathText.absolute(path)))
    while true {
      let candidate = try free(path)
      if try Folder.createNew(candidate) { return candidate }
      if try Folder.exists(candidate) && Folder.names(in: candidate).isEmpty { return candidate }
    }
  }
}
