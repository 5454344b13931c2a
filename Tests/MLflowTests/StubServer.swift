import Foundation
import Synchronization

/// A server of the few calls that a run makes, on plain sockets, which can be told to misbehave.
final class StubServer: Sendable {
  /// What happens to the next requests.
  enum Fault: Sendable {
    /// A status with a body in place of the answer.
    case status(Int, String)
    /// No answer while the connection stays open.
    case stall
    /// The connection ends in the middle of the answer.
    case cut
  }

  /// A request that came in whole.
  struct Request: Sendable {
    let method: String
    let path: String
    let authorization: String?
    let body: Data

    func json<Value: Decodable>(_ type: Value.Type) throws -> Value { try JSONDecoder().decode(type, from: body) }
  }

  private struct State {
    var faults: [Fault] = []
    var always: Fault?
    var requests: [Request] = []
    var isOpen = true
  }

  let port: Int
  private let listener: Int32
  private let state = Mutex(State())
  var address: String { "http://127.0.0.1:\(port)" }

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound, listen(descriptor, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
    port = Int(UInt16(bigEndian: address.sin_port))
    listener = descriptor
    Thread { [weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        self?.serve(connection)
      }
    }.start()
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  func next(_ faults: Fault...) { state.withLock { $0.faults += faults } }
  func always(_ fault: Fault?) { state.withLock { $0.always = fault } }
  var requests: [Request] { state.withLock { $0.requests } }

  private func serve(_ connection: Int32) {
    guard let request = Self.read(connection) else {
      close(connection)
      return
    }
    let fault = state.withLock { state -> Fault? in
      state.requests.append(request)
      return state.faults.isEmpty ? state.always : state.faults.removeFirst()
    }
    switch fault {
    case .stall: return
    case .cut: Self.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{", to: connection)
    case .status(let status, let body): Self.answer(status, body, to: connection)
    case nil: Self.answer(200, Self.answer(to: request), to: connection)
    }
    close(connection)
  }

  private static func answer(to request: Request) -> String {
    let run = #"{"run": {"info": {"run_id": "r1", "experiment_id": "7", "artifact_uri": "mlflow-artifacts:/7/r1/artifacts"}}}"#
    if request.path.contains("experiments/get-by-name") {
      return #"{"experiment": {"experiment_id": "7", "name": "x", "lifecycle_stage": "active"}}"#
    }
    return request.path.contains("runs/create") || request.path.contains("runs/get") ? run : "{}"
  }

  private static func answer(_ status: Int, _ body: String, to connection: Int32) {
    write(
      "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)",
      to: connection)
  }

  private static func write(_ text: String, to connection: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  private static func read(_ connection: Int32) -> Request? {
    var bytes = Data()
    var head: [String]?
    var headLength = 0
    while true {
      if head == nil, let end = bytes.range(of: Data("\r\n\r\n".utf8)) {
        head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        headLength = end.upperBound
        if head?.contains(where: { $0.lowercased() == "expect: 100-continue" }) == true {
          write("HTTP/1.1 100 Continue\r\n\r\n", to: connection)
        }
      }
      func value(_ name: String) -> String? {
        head?.first { $0.lowercased().hasPrefix("\(name):") }.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
      }
      if let head, bytes.count >= headLength + (value("content-length").flatMap { Int($0) } ?? 0) {
        let words = head[0].components(separatedBy: " ")
        guard words.count == 3 else { return nil }
        return Request(method: words[0], path: words[1], authorization: value("authorization"), body: Data(bytes[headLength...]))
      }
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes.append(contentsOf: buffer[..<count])
    }
  }
}

/// A folder that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("mlflow-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
