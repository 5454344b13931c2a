#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that runs while its starter does other things; what it says goes to the end of a file.
///
/// It leads a process group of its own: Ctrl-C on a terminal does not reach it, so that its starter decides what a signal means.
public final class RunningProcess {
  private let child: pid_t
  private var ending: ChildProcessResult.Ending?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: its name, looked up in PATH, or its path.
  ///   - log: the file that gets standard output and standard error, after what it holds already.
  /// - Throws: ``ChildProcessError`` when it cannot be started.
  public init(_ program: String, _ arguments: [String] = [], log: String) throws(ChildProcessError) {
    let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .notStarted(program: program, code: errno) }
    defer { close(file) }
    child = try ChildProcess(program, arguments).start(standardOutput: file, standardError: file)
  }

  /// How it ended; nil while it runs.
  public func poll() -> ChildProcessResult.Ending? {
    if ending == nil { ending = ChildProcess.ending(of: child) }
    return ending
  }

  /// Sends a signal to the program and all that it started; does nothing once it has ended.
  public func send(_ signal: Int32) {
    guard poll() == nil else { return }
    kill(-child, signal)
  }

  /// Waits for its end.
  ///
  /// - Parameter whileWaiting: Called about twenty times a second.
  public func wait(_ whileWaiting: () -> Void = {}) -> ChildProcessResult.Ending {
    while true {
      if let ending = poll() { return ending }
      whileWaiting()
      usleep(50_000)
    }
  }
}
