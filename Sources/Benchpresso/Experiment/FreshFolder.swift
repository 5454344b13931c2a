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
}
