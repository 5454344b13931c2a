import Crypto
import FlyingFox
import Foundation

/// Answers requests of HTTP: methods, hosts, paths and tags first, then what the handler says.
struct WebAnswers: HTTPHandler {
  let handler: @Sendable (WebRequest) -> WebResponse
  let accepts: @Sendable (_ host: String?) -> Bool

  /// What every answer bears: no guessing of types, no frames, no request to anywhere else.
  private static let protection: [(HTTPHeader, String)] = [
    (HTTPHeader("X-Content-Type-Options"), "nosniff"), (HTTPHeader("Referrer-Policy"), "no-referrer"),
    (HTTPHeader("X-Frame-Options"), "DENY"), (HTTPHeader("Cross-Origin-Resource-Policy"), "same-origin"),
    (
      HTTPHeader("Content-Security-Policy"),
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
  ]

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let isHead = request.method == .HEAD
    guard accepts(request.headers[.host]) else {
      return Self.refusal(403, "Forbidden", "This server answers only to the name that it was started with.", isHead: isHead)
    }
    guard isHead || request.method == .GET else {
      var answer = Self.refusal(405, "Method Not Allowed", "There is nothing here but to read: GET and HEAD.", isHead: isHead)
      answer.headers[HTTPHeader("Allow")] = "GET, HEAD"
      // What may follow as a body is not read.
      answer.headers[.connection] = "close"
      return answer
    }
    let target: RequestTarget
    do {
      target = try RequestTarget(path: request.target.path(), query: request.target.query())
    } catch {
      return Self.refusal(
        error == .malformed ? 400 : 404, error == .malformed ? "Bad Request" : "Not Found", "There is no such page.", isHead: isHead)
    }
    let response = handler(WebRequest(path: target.path, query: target.query))
    return Self.answer(response, isHead: isHead, known: request.headers[HTTPHeader("If-None-Match")])
  }

  private static func answer(_ response: WebResponse, isHead: Bool, known: String?) -> HTTPResponse {
    let digest = SHA256.hash(data: response.body).prefix(16).map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }.joined()
    let tag = "\"\(digest)\""
    var headers = Self.headers(type: response.type)
    headers[.eTag] = tag
    headers[HTTPHeader("Cache-Control")] = "no-cache"
    headers[.contentLength] = "\(response.body.count)"
    let tags = (known ?? "").split(separator: ",").map { text in
      let tag = text.drop { $0 == " " }
      return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }
    if response.status == 200, tags.contains(where: { $0 == tag || $0 == "*" }) {
      return HTTPResponse(statusCode: .notModified, headers: headers)
    }
    return HTTPResponse(
      statusCode: HTTPStatusCode(response.status, phrase: phrases[response.status] ?? "Status"), headers: headers,
      body: isHead ? Data() : Data(response.body))
  }

  private static let phrases = [200: "OK", 400: "Bad Request", 404: "Not Found", 500: "Internal Server Error", 503: "Service Unavailable"]

  private static func headers(type: String) -> HTTPHeaders {
    var headers = HTTPHeaders()
    for (name, value) in protection { headers[name] = value }
    headers[.contentType] = type
    return headers
  }

  private static func refusal(_ status: Int, _ phrase: String, _ sentence: String, isHead: Bool) -> HTTPResponse {
    var headers = headers(type: "text/plain; charset=utf-8")
    let body = Data((sentence + "\n").utf8)
    headers[.contentLength] = "\(body.count)"
    return HTTPResponse(statusCode: HTTPStatusCode(status, phrase: phrase), headers: headers, body: isHead ? Data() : body)
  }
}
