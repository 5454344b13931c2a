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

  /// Takes the folder that ``free(_:)`` names, also where it is there and empty; of two programs that do so at once, each gets one of its own.
  ///
  /// - Returns: Its path; ``settle(_:)`` takes the mark of the owner away once there are files.
  static func create(_ path: String) throws -> String {
    while true {
      let candidate = try free(path)
      try Folder.create(candidate)
      if try Folder.createNew("\(candidate)/\(mark)") { return candidate }
    }
  }

  /// Takes away the mark that kept others out of a folder; one without files is free again.
  static func settle(_ path: String) { Folder.removeIfEmpty("\(path)/\(mark)") }

  private static let mark = ".taken"
}
