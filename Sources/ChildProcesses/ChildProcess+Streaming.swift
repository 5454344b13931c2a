#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ChildProcess {
  /// Runs the program, hands over what it writes to standard output as it comes, and waits for its end.
  ///
  /// A slow receiver slows the program down; nothing piles up in memory. Past the time limit the program is killed.
  ///
  /// - Parameter receive: gets the next bytes, and none about twenty times a second while there are none, so that it can look at the clock; when
  ///   it throws, the program is killed.
  /// - Returns: How the program ended, and what it wrote to standard error; the output is empty.
  /// - Throws: ``ChildProcessError`` when it cannot be started, and what `receive` throws.
  public func run(receiving receive: ([UInt8]) throws -> Void) throws -> ChildProcessResult {
    var output = try OutputPipe(program: program, limit: outputLimit)
    defer { output.close() }
    var messages = try OutputPipe(program: program, limit: outputLimit)
    defer { messages.close() }
    let deadline = timeLimit.map { ContinuousClock.now + $0 }
    let child = try start(output: output, messages: messages)
    output.closeWriting()
    messages.closeWriting()
    do {
      while true {
        // The end is asked for before the last look at the pipes, which then hold all that was written.
        let ending = Self.ending(of: child)
        var states = [output.pollState, messages.pollState]
        if ending == nil { poll(&states, nfds_t(states.count), 50) }
        messages.drain()
        var some = output.readSome()
        try receive(some)
        if let ending {
          while !some.isEmpty {
            some = output.readSome()
            if !some.isEmpty { try receive(some) }
          }
          return ChildProcessResult(ending: ending, output: [], messages: messages.bytes)
        }
        if let deadline, ContinuousClock.now >= deadline {
          Self.kill(child)
          return ChildProcessResult(ending: .timeLimit, output: [], messages: messages.bytes)
        }
      }
    } catch {
      Self.kill(child)
      throw error
    }
  }

  /// Ends a process with all that it started, and waits for it.
  static func kill(_ child: pid_t) {
    #if canImport(Glibc)
      Glibc.kill(-child, SIGKILL)
    #else
      Darwin.kill(-child, SIGKILL)
    #endif
    while ending(of: child) == nil { usleep(1000) }
  }
}
