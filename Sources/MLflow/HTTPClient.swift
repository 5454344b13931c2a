import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Requests over HTTP that wait for their answers.
struct HTTPClient: Sendable {
  /// What a server answered.
  struct Answer: Sendable {
    let status: Int
    let body: Data
  }

  /// What goes with a request.
  enum Body: Sendable {
    case none
    case json(Data)
    case file(String)
  }

  private let session: URLSession
  private let authorization: String?

  /// Creates a client.
  ///
  /// - Parameter patience: The seconds without any sign of the server after which a request has failed.
  init(_ credentials: MLflowCredentials, patience: Double) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = patience
    configuration.timeoutIntervalForResource = 60 * patience
    session = URLSession(configuration: configuration)
    authorization =
      switch credentials {
      case .none: nil
      case .token(let token): "Bearer \(token)"
      case .password(let user, let password): "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
      }
  }

  /// Sends a request and waits for the whole answer.
  ///
  /// - Throws: ``MLflowError/unreachable(server:reason:)`` when none comes.
  func send(_ method: String, _ url: URL, _ body: Body = .none) throws(MLflowError) -> Answer {
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.setValue(authorization, forHTTPHeaderField: "Authorization")
    let exchange = Exchange()
    let task: URLSessionDataTask
    switch body {
    case .none: task = session.dataTask(with: request, completionHandler: exchange.complete)
    case .json(let data):
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
      task = session.uploadTask(with: request, from: data, completionHandler: exchange.complete)
    case .file(let path):
      request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
      task = session.uploadTask(with: request, fromFile: URL(fileURLWithPath: path), completionHandler: exchange.complete)
    }
    task.resume()
    switch exchange.wait() {
    case .success(let answer): return answer
    case .failure(let failure):
      throw .unreachable(server: url.host.map { "\($0)\(url.port.map { ":\($0)" } ?? "")" } ?? url.absoluteString, reason: failure.reason)
    }
  }
}

/// The end of a request, handed from the thread of the session to the one that waits.
private final class Exchange: Sendable {
  struct Failure: Error {
    let reason: String
  }

  private let done = DispatchSemaphore(value: 0)
  private let result = Mutex<Result<HTTPClient.Answer, Failure>>(.failure(Failure(reason: "no answer")))

  @Sendable func complete(_ data: Data?, _ response: URLResponse?, _ error: (any Error)?) {
    if let response = response as? HTTPURLResponse, error == nil {
      let answer = HTTPClient.Answer(status: response.statusCode, body: data ?? Data())
      result.withLock { $0 = .success(answer) }
    } else {
      let failure = Failure(reason: Self.reason(error))
      result.withLock { $0 = .failure(failure) }
    }
    done.signal()
  }

  func wait() -> Result<HTTPClient.Answer, Failure> {
    done.wait()
    return result.withLock { $0 }
  }

  private static func reason(_ error: (any Error)?) -> String {
    switch (error as? URLError)?.code {
    case .timedOut: "no sign of it in time"
    case .cannotConnectToHost: "nothing listens there"
    case .cannotFindHost, .dnsLookupFailed: "the name of the host is not known"
    case .networkConnectionLost: "the connection broke"
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasUnknownRoot: "its certificate is not trusted"
    default: error.map { "\($0.localizedDescription)" } ?? "no answer"
    }
  }
}
