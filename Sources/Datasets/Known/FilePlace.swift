#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What lies at a path.
enum FilePlace {
  /// Whether a plain file does.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFREG
  }
}
