import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An HTTP server on this machine that answers as a script says, and keeps what it was asked.
public final class MisbehavingServer: Sendable {
  /// A request: its path and its headers under names in lower case.
  public struct Request: Sendable {
    /// The path, without the slash in front.
    public let path: String
    /// The headers.
    public let headers: [String: String]

    /// Where the asked part begins: `bytes=100-`.
    public var rangeStart: Int? {
      headers["range"].flatMap { $0.hasPrefix("bytes=") ? Int($0.dropFirst(6).prefix { $0 != "-" }) : nil }
    }
  }

  /// What is sent back: the bytes, and then the end of the connection, or silence for so many milliseconds.
  public struct Answer: Sendable {
    /// All bytes, with the head.
    public var bytes: [UInt8]
    /// Milliseconds before the connection ends.
    public var silence: UInt32 = 0

    /// An answer with a status, headers and a body; the length is that of the body unless it is said, and is left out when it is -1.
    public init(_ status: String, _ headers: [String] = [], body: [UInt8] = [], length: Int? = nil, silence: UInt32 = 0) {
      let all = headers + (length == -1 ? [] : ["Content-Length: \(length ?? body.count)"]) + ["Connection: close"]
      bytes = [UInt8]("HTTP/1.1 \(status)\r\n\(all.joined(separator: "\r\n"))\r\n\r\n".utf8) + body
      self.silence = silence
    }
  }

  /// Says what to answer; requests are counted from 0.
  public typealias Script = @Sendable (_ request: Request, _ number: Int) -> Answer

  private let listener: Int32
  private let log = Log()
  private let port: UInt16

  /// Starts to listen on a free port.
  public init(_ script: @escaping Script) throws {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    listener = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        let bound = bind(listener, $0, length)
        return bound == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard code else { throw NoSocket() }
    port = UInt16(bigEndian: address.sin_port)
    let box = Box(listener: listener, log: log, script: script)
    Thread { box.serve() }.start()
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// The system gave no socket.
  public struct NoSocket: Error {}

  /// The address of a file.
  public func address(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// What was asked so far.
  public var requests: [Request] { log.requests.withLock { $0 } }

  private final class Log: Sendable {
    let requests = Mutex<[Request]>([])
  }

  private final class Box: Sendable {
    private let listener: Int32
    private let log: Log
    private let script: Script

    init(listener: Int32, log: Log, script: @escaping Script) { (self.listener, self.log, self.script) = (listener, log, script) }

    func serve() {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { break }
        Thread {
          self.answer(connection)
          close(connection)
        }.start()
      }
      close(listener)
    }

    private func answer(_ connection: Int32) {
      var received: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !String(decoding: received, as: UTF8.self).contains("\r\n\r\n") {
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return }
        received += buffer.prefix(count)
      }
      let lines = String(decoding: received, as: UTF8.self).split(separator: "\r\n")
      let path = lines.first?.split(separator: " ").dropFirst().first.map { String($0.dropFirst()) } ?? ""
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
      }
      let request = Request(path: path, headers: headers)
      let number = log.requests.withLock { requests in
        requests.append(request)
        return requests.count - 1
      }
      let answer = script(request, number)
      var rest = answer.bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
      if answer.silence > 0 { usleep(answer.silence * 1000) }
    }
  }
}
