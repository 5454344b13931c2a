#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file operation that the system refused.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was being done, as a verb phrase, for example `write`.
  public let operation: String
  /// The file or folder concerned.
  public let path: String
  /// The system's error number (`errno`).
  public let code: Int32

  /// Creates an error from an operation, its path and the system's error number.
  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// One sentence with the place, the cause and, where there is one, the remedy.
  public var description: String { "cannot \(operation) '\(path)': \(cause)" }

  /// The cause and, where there is one, the remedy, for a sentence that names the place already.
  public var cause: String {
    switch code {
    case ENOENT: "no such file or folder; check the spelling and the folder it is in"
    case ENOSPC: "the disk is full; free some space and run the command again, nothing was lost"
    case EFBIG: "the file would be larger than the system or 'ulimit -f' allows; raise the limit and run the command again"
    case EACCES, EPERM: "permission denied; check who owns it"
    case EISDIR: "it is a folder, and a file is needed here"
    default: String(cString: strerror(code))
    }
  }
}
