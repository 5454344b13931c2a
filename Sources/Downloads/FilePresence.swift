#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small questions to the system.
enum FilePresence {
  /// Whether anything lies at `path`.
  static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Does nothing for a while.
  static func sleep(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
