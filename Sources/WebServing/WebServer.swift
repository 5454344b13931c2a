import FlyingFox
import FlyingSocks
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server of pages for programs that are not asynchronous: it works on threads of Swift's own until it is stopped.
///
/// It answers GET and HEAD alone, and nothing that it answers with comes from a file that the request names: the handler has a table.
public final class WebServer: Sendable {
  /// Where it is: `http://127.0.0.1:8421/`.
  public let address: String
  /// The port.
  public let port: UInt16
  /// Whether only this machine can reach it.
  public let isLoopback: Bool
  private let task: Task<Void, Never>
  private let state: Shared

  /// What the task and those who wait for it share.
  private final class Shared: Sendable {
    let failure = Mutex<ServingError?>(nil)
    let port = Mutex<UInt16?>(nil)
    let names = Mutex<HostGuard?>(nil)
  }

  /// Starts a server and returns when it listens.
  ///
  /// - Parameters:
  ///   - port: 0 takes a free one.
  ///   - handler: Answers a request; it may be called on several threads at once.
  /// - Throws: ``ServingError``.
  public init(host: String, port: UInt16, handler: @escaping @Sendable (WebRequest) -> WebResponse) throws {
    let place = try ServerAddress(host)
    let shared = Shared()
    let answers = WebAnswers(handler: handler) { shared.names.withLock { $0 }?.accepts($0) ?? false }
    let server = try Self.server(at: place, port: port, answers)
    task = Task.detached { await Self.run(server, shared, host: host, port: port) }
    (state, isLoopback) = (shared, place.isLoopback)
    while true {
      if let failure = shared.failure.withLock({ $0 }) { throw failure }
      if let bound = shared.port.withLock({ $0 }) {
        self.port = bound
        break
      }
      usleep(1000)
    }
    let bound = self.port
    shared.names.withLock { $0 = HostGuard(host: host, address: place.number, isLoopback: place.isLoopback, port: bound) }
    address = "http://\(place.isVersion6 ? "[\(place.number)]" : place.number):\(bound)/"
  }

  /// Why it has ended; nil while it works.
  public var failure: ServingError? { state.failure.withLock { $0 } }

  /// Ends it.
  public func stop() { task.cancel() }

  private static func server(at place: ServerAddress, port: UInt16, _ answers: WebAnswers) throws -> HTTPServer {
    let address = try place.socket(port: port)
    return HTTPServer(config: .init(address: address, timeout: 60, logger: .disabled), handler: answers)
  }

  private static func run(_ server: HTTPServer, _ shared: Shared, host: String, port: UInt16) async {
    let watch = Task {
      try await server.waitUntilListening(timeout: 30)
      switch await server.listeningAddress {
      case .ip4(_, let port), .ip6(_, let port): shared.port.withLock { $0 = port }
      case .unix, nil: break
      }
    }
    do {
      try await server.run()
      shared.failure.withLock { $0 = .failed("it was stopped") }
    } catch {
      shared.failure.withLock { $0 = Self.reason(error, host: host, port: port) }
    }
    watch.cancel()
  }

  private static func reason(_ error: any Error, host: String, port: UInt16) -> ServingError {
    guard case SocketError.failed(_, let code, let message) = error else { return .failed("\(error)") }
    switch code {
    case EADDRINUSE: return .portInUse(host: host, port: port)
    case EACCES: return .portForbidden(port: port)
    case EADDRNOTAVAIL: return .badHost(host, reason: message)
    default: return .failed(message)
    }
  }
}
