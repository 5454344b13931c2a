#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What tells without reading it whether a file was written since: its number, size and time of the last change.
public struct FileStamp: Sendable, Equatable {
  private let number: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int

  /// Looks at the file at `path`; nil where there is none.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    (number, size) = (UInt64(status.st_ino), Int64(status.st_size))
    (seconds, nanoseconds) = (Int(time.tv_sec), Int(time.tv_nsec))
  }

  /// Whether both are of one file, whatever was written to it between.
  public func isSameFile(as other: FileStamp) -> Bool { number == other.number }
}
