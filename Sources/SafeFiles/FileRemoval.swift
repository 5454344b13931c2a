#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Removing files.
public enum FileRemoval {
  /// Removes the file at `path`.
  ///
  /// - Throws: ``FileError`` when it is not there or cannot be removed.
  public static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw FileError(operation: "remove", path: path, code: errno) }
  }
}
