import ChildProcesses

/// The Python of the system.
enum Python {
  /// Whether there is a `python3` that starts.
  static let isThere: Bool = (try? ChildProcess("python3", ["--version"]).run().ending) == .exit(status: 0)
}
