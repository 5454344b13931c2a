#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program to be run to its end in a process of its own, without a shell and without input.
///
/// The process leads a process group, so that a time limit also ends what it started. Ctrl-C on a terminal does not reach it; see
/// ``RunningChildren``.
public struct ChildProcess: Sendable, Equatable {
  /// The program's name, looked up in PATH, or its path.
  public let program: String
  /// The arguments after the program's name.
  public let arguments: [String]
  /// How long it may run; nil for as long as it takes.
  public let timeLimit: Duration?
  /// The largest number of bytes kept of each of its two outputs; the rest is read and thrown away.
  public let outputLimit: Int

  /// How often, 10 ms apart, a program is tried again whose file somebody holds open for writing.
  private static let busyAttempts = 200

  /// Creates a program with its arguments; nothing is started.
  public init(_ program: String, _ arguments: [String] = [], timeLimit: Duration? = nil, outputLimit: Int = 65536) {
    self.program = program
    self.arguments = arguments
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }

  /// Runs the program and waits for its end; past the time limit it is killed.
  ///
  /// What it started and left behind is not waited for.
  ///
  /// - Throws: ``ChildProcessError`` when it cannot be started.
  public func run() throws(ChildProcessError) -> ChildProcessResult {
    var output = try OutputPipe(program: program, limit: outputLimit)
    defer { output.close() }
    var messages = try OutputPipe(program: program, limit: outputLimit)
    defer { messages.close() }
    let deadline = timeLimit.map { ContinuousClock.now + $0 }
    let child = try start(output: output, messages: messages)
    output.closeWriting()
    messages.closeWriting()

    var ending: ChildProcessResult.Ending?
    while true {
      // The end is asked for before the last look at the pipes, which then hold all that was written.
      ending = Self.ending(of: child)
      wait(for: &output, &messages)
      if ending != nil { break }
      if let deadline, ContinuousClock.now >= deadline {
        Self.kill(child)
        ending = .timeLimit
        break
      }
    }
    return ChildProcessResult(ending: ending ?? .timeLimit, output: output.bytes, messages: messages.bytes)
  }

  /// Reads what there is, or waits a moment for more.
  private func wait(for output: inout OutputPipe, _ messages: inout OutputPipe) {
    if output.isOpen || messages.isOpen {
      var states = [output.pollState, messages.pollState]
      poll(&states, nfds_t(states.count), 5)
    } else {
      usleep(500)
    }
    output.drain()
    messages.drain()
  }

  /// How the process ended; nil while it runs.
  static func ending(of child: pid_t) -> ChildProcessResult.Ending? {
    var status: Int32 = 0
    let answer = waitpid(child, &status, WNOHANG)
    if answer == 0 || (answer < 0 && errno == EINTR) { return nil }
    RunningChildren.remove(child)
    // The low seven bits hold the signal, the next eight the exit status.
    return status & 0x7f == 0 ? .exit(status: (status >> 8) & 0xff) : .signal(status & 0x7f)
  }

  /// Starts the program; without `input` it reads nothing.
  func start(input: Int32? = nil, output: OutputPipe, messages: OutputPipe) throws(ChildProcessError) -> pid_t {
    try start(input: input, standardOutput: output.writing, standardError: messages.writing)
  }

  /// Starts the program on open descriptors; without `input` it reads nothing.
  func start(input: Int32? = nil, standardOutput: Int32, standardError: Int32) throws(ChildProcessError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t? = nil
      var attributes: posix_spawnattr_t? = nil
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, standardOutput, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    posix_spawnattr_setpgroup(&attributes, 0)
    // A thread of the caller may hold signals back, and the caller may ignore some; a child would inherit both.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var pointers = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    var code = posix_spawnp(&child, program, &actions, &attributes, &pointers, environ)
    // A program that was just written is still held by a child that another thread is starting, until that child begins its program.
    for _ in 0..<Self.busyAttempts where code == ETXTBSY {
      usleep(10_000)
      code = posix_spawnp(&child, program, &actions, &attributes, &pointers, environ)
    }
    if code == ENOENT { throw .missing(program: program) }
    guard code == 0 else { throw .notStarted(program: program, code: code) }
    RunningChildren.add(child)
    return child
  }
}
