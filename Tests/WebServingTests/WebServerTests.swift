import Testing

@testable import WebServing

/// A server over a real socket.
struct WebServerTests {
  private func server(host: String = "127.0.0.1", port: UInt16 = 0) async throws -> WebServer {
    try await RawClient.waiting { try WebServer(host: host, port: port) { Self.answer($0) } }
  }

  private static func answer(_ request: WebRequest) -> WebResponse {
    request.path == "nothing"
      ? WebResponse(status: 404, type: "text/plain", text: "nothing")
      : WebResponse(type: "text/html; charset=utf-8", text: "<p>\(request.path) \(request.values("q"))</p>")
  }

  @Test func pagesAndWhatTheyBear() async throws {
    let server = try await server()
    defer { server.stop() }
    #expect(server.address == "http://127.0.0.1:\(server.port)/" && server.port > 0 && server.isLoopback)
    let answer = try await RawClient.get("/a%20b?q=1&q=2", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n<p>a b [\"1\", \"2\"]</p>"), "\(answer)")
    for line in [
      "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY", "Cache-Control: no-cache",
      "Content-Type: text/html; charset=utf-8", "Content-Length: \("<p>a b [\"1\", \"2\"]</p>".utf8.count)",
    ] {
      #expect(answer.lowercased().contains(line.lowercased() + "\r\n"), "\(line): \(answer)")
    }
    #expect(answer.contains("frame-ancestors 'none'"))
    #expect(try await RawClient.get("/nothing", port: server.port).hasPrefix("HTTP/1.1 404 Not Found\r\n"))
  }

  @Test func headHasTheLengthAndNoBody() async throws {
    let server = try await server()
    defer { server.stop() }
    let answer = try await RawClient.get("/x", method: "HEAD", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n") && answer.contains("Content-Length: 11"), "\(answer)")
  }

  @Test func whatIsKnownIsNotSentAgain() async throws {
    let server = try await server()
    defer { server.stop() }
    let answer = try await RawClient.get("/x", port: server.port)
    let tag = try #require(answer.firstMatch(of: /ETag: ("[0-9a-f]+")/)?.output.1)
    let again = try await RawClient.get("/x", port: server.port, more: "If-None-Match: W/\"z\", \(tag)\r\n")
    #expect(again.hasPrefix("HTTP/1.1 304 Not Modified\r\n") && !again.contains("<p>"), "\(again)")
    #expect(try await RawClient.get("/y", port: server.port, more: "If-None-Match: \(tag)\r\n").contains("<p>y"))
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"]) func nothingButReading(
    method: String
  ) async throws {
    let server = try await server()
    defer { server.stop() }
    let answer = try await RawClient.get("/x", method: method, port: server.port, more: "Content-Length: 0\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n") && answer.contains("Allow: GET, HEAD\r\n"), "\(answer)")
  }

  @Test(arguments: ["example.org", "127.0.0.1:1", "evil.example:80"]) func strangersHostsAreRefused(host: String) async throws {
    let server = try await server()
    defer { server.stop() }
    let answer = try await RawClient.get("/x", host: host, port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n") && !answer.contains("<p>"), "\(answer)")
    #expect(try await RawClient.get("/x", host: "localhost:\(server.port)", port: server.port).contains("<p>x"))
    let none = try await RawClient.ask("GET /x HTTP/1.1\r\nConnection: close\r\n\r\n", port: server.port)
    #expect(none.hasPrefix("HTTP/1.1 403 Forbidden\r\n"), "\(none)")
  }

  @Test(arguments: [("/../x", 404), ("/%2e%2e/x", 404), ("/%00", 400), ("http://example.org/x", 400), ("/a/%2e%2e%2fb", 404)])
  func pathsThatLeadOutAreRefused(path: String, status: Int) async throws {
    let server = try await server()
    defer { server.stop() }
    let answer = try await RawClient.get(path, port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && !answer.contains("<p>"), "\(answer)")
  }

  @Test func nonsenseDoesNotEndIt() async throws {
    let server = try await server()
    defer { server.stop() }
    for text in [
      "\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
      "NONSENSE / HTTP/1.1\r\nHost: localhost:\(server.port)\r\nConnection: close\r\n\r\n",
    ] {
      #expect(try await !RawClient.ask(text, port: server.port).contains("<p>"))
    }
    #expect(try await RawClient.get("/x", port: server.port).contains("<p>x"))
  }

  @Test func aPortThatIsTakenIsAnErrorWithARemedy() async throws {
    let server = try await server()
    defer { server.stop() }
    let port = server.port
    let error = await #expect(throws: ServingError.self) { try await self.server(port: port) }
    #expect(error == .portInUse(host: "127.0.0.1", port: port) && error?.description.contains("--port") ?? false)
  }

  @Test(arguments: ["no such host", "192.0.2.1"]) func aNameThatIsNoneIsAnError(host: String) async throws {
    let error = await #expect(throws: ServingError.self) { try await self.server(host: host) }
    #expect(error?.description.contains("'\(host)' is no address of this machine") ?? false)
  }
}
