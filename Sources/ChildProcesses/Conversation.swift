#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that stays and answers each line with a line.
///
/// It is killed, with all that it started, when the conversation goes away.
public final class Conversation {
  /// What came of a question.
  public enum Reply: Sendable, Equatable {
    /// The answer, without the line break.
    case line([UInt8])
    /// There was none in time; the program was killed.
    case timeLimit
    /// The program ended without one.
    case ended(ChildProcessResult)
  }

  /// The number of the process.
  public let processIdentifier: Int32
  private var input: Int32
  private var output: OutputPipe
  private var messages: OutputPipe
  private var unread: [UInt8] = []
  private var ending: ChildProcessResult?

  /// Starts the program; its time limit is not looked at.
  ///
  /// - Throws: ``ChildProcessError`` when it cannot be started.
  public init(_ process: ChildProcess) throws(ChildProcessError) {
    // A socket: writing to a program that has ended is then an error and not a signal.
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Self.streamSocket, 0, &ends) == 0 else { throw .notStarted(program: process.program, code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      var on: Int32 = 1
      setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
    #endif
    input = ends[0]
    defer { close(ends[1]) }
    do {
      output = try OutputPipe(program: process.program, limit: process.outputLimit)
    } catch {
      close(ends[0])
      throw error
    }
    do {
      messages = try OutputPipe(program: process.program, limit: process.outputLimit)
    } catch {
      close(ends[0])
      output.close()
      throw error
    }
    do {
      processIdentifier = try process.start(input: ends[1], output: output, messages: messages)
    } catch {
      close(ends[0])
      output.close()
      messages.close()
      throw error
    }
    output.closeWriting()
    messages.closeWriting()
  }

  deinit {
    if ending == nil { ChildProcess.kill(processIdentifier) }
    close(input)
    output.close()
    messages.close()
  }

  /// Sends a line and waits for the answer.
  ///
  /// - Parameters:
  ///   - timeLimit: how long the answer may take; nil for as long as it takes.
  ///   - interval: how often `watch` is called while there is none.
  ///   - watch: looks at the process; when it throws, the program is killed.
  /// - Throws: What `watch` throws.
  public func ask(
    _ line: [UInt8], timeLimit: Duration? = nil, interval: Duration = .milliseconds(50), watching watch: () throws -> Void = {}
  ) throws -> Reply {
    if let ending { return .ended(ending) }
    let deadline = timeLimit.map { ContinuousClock.now + $0 }
    let milliseconds = Int32(max(interval / .milliseconds(1), 1))
    send(line + [UInt8(ascii: "\n")])
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeFirst(end + 1) }
        return .line(Array(unread[..<end]))
      }
      // The end is asked for before the last look at the pipes, which then hold all that was written.
      let ended = ChildProcess.ending(of: processIdentifier)
      var states = [output.pollState, messages.pollState]
      let ready = ended == nil ? poll(&states, nfds_t(states.count), milliseconds) : 1
      messages.drain()
      let some = output.readSome()
      unread += some
      if some.isEmpty, let ended {
        let result = ChildProcessResult(ending: ended, output: [], messages: messages.bytes)
        ending = result
        return .ended(result)
      }
      // A program that has closed its output but goes on must not keep the processor busy.
      if some.isEmpty, ready > 0 { usleep(1000) }
      if let deadline, some.isEmpty, ContinuousClock.now >= deadline {
        end()
        return .timeLimit
      }
      if ready == 0 {
        do { try watch() } catch {
          end()
          throw error
        }
      }
    }
  }

  /// Kills the program with all that it started.
  public func end() {
    guard ending == nil else { return }
    ChildProcess.kill(processIdentifier)
    ending = ChildProcessResult(ending: .signal(SIGKILL), output: [], messages: messages.bytes)
  }

  private func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.send(input, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        #else
          Darwin.send(input, buffer.baseAddress, buffer.count, 0)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      // Of a program that has ended the next look tells.
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }

  #if canImport(Glibc)
    private static let streamSocket = Int32(SOCK_STREAM.rawValue)
  #else
    private static let streamSocket = SOCK_STREAM
  #endif
}
