#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Making and listing folders.
public enum Folder {
  /// Creates the folder at `path` with all that lead to it; does nothing when it is there.
  ///
  /// - Throws: ``FileError`` when a part of the path is a file or cannot be made.
  public static func create(_ path: String) throws(FileError) {
    var partial = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      partial += partial.isEmpty || partial.hasSuffix("/") ? part : "/" + part
      if mkdir(partial, 0o755) != 0 && errno != EEXIST && errno != EISDIR {
        throw FileError(operation: "create the folder", path: partial, code: errno)
      }
    }
    guard exists(path) else { throw FileError(operation: "create the folder", path: path, code: ENOTDIR) }
  }

  /// Creates the folder at `path`, whose parent exists.
  ///
  /// - Returns: False when something is there already.
  /// - Throws: ``FileError`` when it cannot be made.
  public static func createNew(_ path: String) throws(FileError) -> Bool {
    if mkdir(path, 0o755) == 0 { return true }
    guard errno == EEXIST else { throw FileError(operation: "create the folder", path: path, code: errno) }
    return false
  }

  /// Removes the folder at `path` when nothing lies in it; does nothing otherwise.
  public static func removeIfEmpty(_ path: String) { rmdir(path) }

  /// Whether `path` is a folder.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFDIR
  }

  /// Returns the names of all entries of the folder at `path` but `.` and `..`, sorted.
  ///
  /// - Throws: ``FileError`` when the folder is missing or cannot be read.
  public static func names(in path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw FileError(operation: "list the folder", path: path, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
