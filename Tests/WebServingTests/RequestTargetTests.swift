import Testing

@testable import WebServing

struct RequestTargetTests {
  @Test(
    arguments: [
      ("/", ""), ("/index.html", "index.html"), ("/models/a%20b.html", "models/a b.html"), ("/%C3%A4", "ä"), ("/a+b", "a+b"),
      ("/...", "..."),
      ("/a..b", "a..b"), ("/models/", "models/"),
    ])
  func paths(raw: String, expected: String) throws { #expect(try RequestTarget(path: raw, query: "").path == expected) }

  @Test(
    arguments: [
      "", "index.html", "http://example.org/", "*", "//example.org/x", "/%", "/%4", "/%zz", "/%+1", "/%00", "/a%0d%0aX: y", "/%ff", "/%c3",
      "/%7f",
    ])
  func malformed(raw: String) {
    #expect(throws: RequestTarget.Refusal.malformed) { try RequestTarget(path: raw, query: "") }
  }

  @Test(
    arguments: [
      "/..", "/../etc/passwd", "/models/../../etc/passwd", "/%2e%2e/etc/passwd", "/.%2E/x", "/a/..%2f..%2fetc", "/a%2Fb", "/..%5cx",
      "/a\\..\\b", "/./x", "/a/.",
    ])
  func outside(raw: String) {
    #expect(throws: RequestTarget.Refusal.outside) { try RequestTarget(path: raw, query: "") }
  }

  @Test func queries() throws {
    let target = try RequestTarget(path: "/api/results", query: "q=a+b&where=psnr%3E%3D32&where=bpp%3C0.5&x&=y")
    #expect(
      target.query.map(\.name) == ["q", "where", "where", "x", ""] && target.query.map(\.value) == ["a b", "psnr>=32", "bpp<0.5", "", "y"])
    #expect(throws: RequestTarget.Refusal.malformed) { try RequestTarget(path: "/", query: "a=%f") }
    #expect(throws: RequestTarget.Refusal.malformed) { try RequestTarget(path: "/" + String(repeating: "a", count: 9000), query: "") }
  }
}
