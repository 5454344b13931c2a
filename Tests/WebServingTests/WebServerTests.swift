import Testing

@testable import WebServing

/// A server over a real socket.
struct WebServerTests {
  @Test func pagesAndWhatTheyBear() throws {
    let server = try TestServer()
    #expect(server.address == "http://127.0.0.1:\(server.port)/" && server.port > 0 && server.isLoopback)
    let answer = RawClient.get("/a%20b?q=1&q=2", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n<p>a b [\"1\", \"2\"]</p>"), "\(answer)")
    for line in [
      "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "X-Frame-Options: DENY", "Cache-Control: no-cache",
      "Content-Type: text/html; charset=utf-8", "Content-Length: \("<p>a b [\"1\", \"2\"]</p>".utf8.count)",
    ] {
      #expect(answer.lowercased().contains(line.lowercased() + "\r\n"), "\(line): \(answer)")
    }
    #expect(answer.contains("frame-ancestors 'none'"))
    #expect(RawClient.get("/nothing", port: server.port).hasPrefix("HTTP/1.1 404 Not Found\r\n"))
  }

  @Test func headHasTheLengthAndNoBody() throws {
    let server = try TestServer()
    let answer = RawClient.get("/x", method: "HEAD", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n") && answer.contains("Content-Length: 11"), "\(answer)")
  }

  @Test func whatIsKnownIsNotSentAgain() throws {
    let server = try TestServer()
    let answer = RawClient.get("/x", port: server.port)
    let tag = try #require(answer.firstMatch(of: /ETag: ("[0-9a-f]+")/)?.output.1)
    let again = RawClient.get("/x", port: server.port, more: "If-None-Match: W/\"z\", \(tag)\r\n")
    #expect(again.hasPrefix("HTTP/1.1 304 Not Modified\r\n") && !again.contains("<p>"), "\(again)")
    #expect(RawClient.get("/y", port: server.port, more: "If-None-Match: \(tag)\r\n").contains("<p>y"))
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"]) func nothingButReading(
    method: String
  ) throws {
    let server = try TestServer()
    let answer = RawClient.get("/x", method: method, port: server.port, more: "Content-Length: 0\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n") && answer.contains("Allow: GET, HEAD\r\n"), "\(answer)")
  }

  @Test(arguments: ["example.org", "127.0.0.1:1", "evil.example:80"]) func strangersHostsAreRefused(host: String) throws {
    let server = try TestServer()
    let answer = RawClient.get("/x", host: host, port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n") && !answer.contains("<p>"), "\(answer)")
    #expect(RawClient.get("/x", host: "localhost:\(server.port)", port: server.port).contains("<p>x"))
    let none = RawClient.ask("GET /x HTTP/1.1\r\nConnection: close\r\n\r\n", port: server.port)
    #expect(none.hasPrefix("HTTP/1.1 403 Forbidden\r\n"), "\(none)")
  }

  @Test(arguments: [("/../x", 404), ("/%2e%2e/x", 404), ("/%00", 400), ("http://example.org/x", 400), ("/a/%2e%2e%2fb", 404)])
  func pathsThatLeadOutAreRefused(path: String, status: Int) throws {
    let server = try TestServer()
    let answer = RawClient.get(path, port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && !answer.contains("<p>"), "\(answer)")
  }

  @Test func nonsenseDoesNotEndIt() throws {
    let server = try TestServer()
    for text in [
      "\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
      "NONSENSE / HTTP/1.1\r\nHost: localhost:\(server.port)\r\nConnection: close\r\n\r\n",
    ] {
      #expect(!RawClient.ask(text, port: server.port).contains("<p>"))
    }
    #expect(RawClient.get("/x", port: server.port).contains("<p>x"))
  }

  @Test func aPortThatIsTakenIsAnErrorWithARemedy() throws {
    let server = try TestServer()
    let error = #expect(throws: TestServer.Failure.self) { try TestServer(port: server.port) }
    #expect(error?.text == "\(ServingError.portInUse(host: "127.0.0.1", port: server.port))" && error?.text.contains("--port") ?? false)
  }

  @Test(arguments: ["no such host", "192.0.2.1"]) func aNameThatIsNoneIsAnError(host: String) throws {
    let error = #expect(throws: TestServer.Failure.self) { try TestServer(host: host) }
    #expect(error?.text.contains("'\(host)' is no address of this machine") ?? false)
  }
}
