import Testing

@testable import WebServing

/// A server over a real socket.
struct WebServerTests {
  private func server() throws -> WebServer {
    try WebServer(host: "127.0.0.1", port: 0) { request in
      request.path == "nothing"
        ? WebResponse(status: 404, type: "text/plain", text: "nothing")
        : WebResponse(type: "text/html; charset=utf-8", text: "<p>\(request.path) \(request.values("q"))</p>")
    }
  }

  @Test func pagesAndWhatTheyBear() throws {
    let server = try server()
    defer { server.stop() }
    #expect(server.address == "http://127.0.0.1:\(server.port)/" && server.port > 0 && server.isLoopback)
    let answer = RawClient.get("/a%20b?q=1&q=2", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n<p>a b [\"1\", \"2\"]</p>"), "\(answer)")
    for line in [
      "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY", "Cache-Control: no-cache",
      "Content-Type: text/html; charset=utf-8", "Content-Length: 19",
    ] {
      #expect(answer.lowercased().contains(line.lowercased() + "\r\n"), "\(line): \(answer)")
    }
    #expect(answer.contains("frame-ancestors 'none'"))
    #expect(RawClient.get("/nothing", port: server.port).hasPrefix("HTTP/1.1 404 Not Found\r\n"))
  }

  @Test func headHasTheLengthAndNoBody() throws {
    let server = try server()
    defer { server.stop() }
    let answer = RawClient.get("/x", method: "HEAD", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n") && answer.contains("Content-Length: 11"), "\(answer)")
  }

  @Test func whatIsKnownIsNotSentAgain() throws {
    let server = try server()
    defer { server.stop() }
    let answer = RawClient.get("/x", port: server.port)
    let tag = try #require(answer.firstMatch(of: /ETag: ("[0-9a-f]+")/)?.output.1)
    let again = RawClient.get("/x", port: server.port, more: "If-None-Match: W/\"z\", \(tag)\r\n")
    #expect(again.hasPrefix("HTTP/1.1 304 Not Modified\r\n") && !again.contains("<p>"), "\(again)")
    #expect(RawClient.get("/y", port: server.port, more: "If-None-Match: \(tag)\r\n").contains("<p>y"))
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "NONSENSE"]) func nothingButReading(
    method: String
  ) throws {
    let server = try server()
    defer { server.stop() }
    let answer = RawClient.get("/x", method: method, port: server.port, more: "Content-Length: 0\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n") && answer.contains("Allow: GET, HEAD\r\n"), "\(answer)")
  }

  @Test(arguments: ["example.org", "127.0.0.1:1", "evil.example:80"]) func strangersHostsAreRefused(host: String) throws {
    let server = try server()
    defer { server.stop() }
    let answer = RawClient.get("/x", host: host, port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n") && !answer.contains("<p>"), "\(answer)")
    #expect(RawClient.get("/x", host: "localhost:\(server.port)", port: server.port).contains("<p>x"))
    let none = RawClient.ask("GET /x HTTP/1.1\r\nConnection: close\r\n\r\n", port: server.port)
    #expect(none.hasPrefix("HTTP/1.1 403 Forbidden\r\n"), "\(none)")
  }

  @Test(arguments: [("/../x", 404), ("/%2e%2e/x", 404), ("/%00", 400), ("http://example.org/x", 400), ("/a/%2e%2e%2fb", 404)])
  func pathsThatLeadOutAreRefused(path: String, status: Int) throws {
    let server = try server()
    defer { server.stop() }
    let answer = RawClient.get(path, port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && !answer.contains("<p>"), "\(answer)")
  }

  @Test func nonsenseDoesNotEndIt() throws {
    let server = try server()
    defer { server.stop() }
    for text in ["\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"] {
      #expect(!RawClient.ask(text, port: server.port).contains("<p>"))
    }
    #expect(RawClient.get("/x", port: server.port).contains("<p>x"))
  }

  @Test func aPortThatIsTakenIsAnErrorWithARemedy() throws {
    let server = try server()
    defer { server.stop() }
    let error = #expect(throws: ServingError.self) {
      try WebServer(host: "127.0.0.1", port: server.port) { _ in WebResponse(type: "", text: "") }
    }
    #expect(error == .portInUse(host: "127.0.0.1", port: server.port) && error?.description.contains("--port") ?? false)
  }

  @Test func aNameThatIsNoneIsAnError() {
    let error = #expect(throws: ServingError.self) { try WebServer(host: "no such host", port: 0) { _ in WebResponse(type: "", text: "") } }
    #expect(error?.description.contains("'no such host' is no address of this machine") ?? false)
    let other = #expect(throws: ServingError.self) { try WebServer(host: "192.0.2.1", port: 0) { _ in WebResponse(type: "", text: "") } }
    #expect(other?.description.contains("'192.0.2.1' is no address of this machine") ?? false)
  }
}
