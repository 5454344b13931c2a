#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that could not be started.
public enum ChildProcessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no such program.
  case missing(program: String)
  /// The system refused, with this error number (`errno`).
  case notStarted(program: String, code: Int32)

  /// One sentence with the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .missing(let program): "the program '\(program)' is not there; install it, or add its folder to PATH"
    case .notStarted(let program, let code): "the program '\(program)' cannot be started: \(String(cString: strerror(code)))"
    }
  }
}
