import Testing

@testable import Downloads

@Suite struct ResponseReaderTests {
  private func read(_ text: String, chunk: Int) throws -> (head: ResponseHead?, body: String) {
    var reader = ResponseReader()
    var body: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      body += try reader.body(Array(bytes[start..<min(start + chunk, bytes.count)]))
    }
    return (reader.head, String(decoding: body, as: UTF8.self))
  }

  @Test(arguments: [1, 2, 7, 1000])
  func takesTheLastHead(chunk: Int) throws {
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nHTTP/2 206\r\nContent-Range: bytes 10-19/20\r\nETAG:  \"x\" \r\n\r\n"
      + "body\r\n\r\nmore"
    let (head, body) = try read(text, chunk: chunk)
    #expect(body == "body\r\n\r\nmore")
    #expect(head?.status == 206 && head?.validator == "\"x\"")
    #expect(head?.contentRange?.start == 10 && head?.contentRange?.total == 20)
  }

  @Test func refusesWhatIsNoHead() {
    #expect(throws: ResponseReader.NoHead.self) { try read("hello\n\n", chunk: 3) }
    #expect(throws: ResponseReader.NoHead.self) { try read(String(repeating: "x", count: ResponseReader.longestHead + 1), chunk: 1 << 16) }
  }

  @Test(
    arguments: [
      ("W/\"1\"", nil, nil), ("\"1\"", "Mon", "\"1\""), ("W/\"1\"", "Mon", "Mon"), ("", "Mon", "Mon"),
    ] as [(String, String?, String?)])
  func takesStrongMarks(tag: String, date: String?, validator: String?) {
    let lines = "HTTP/1.1 200 OK\netag: \(tag)\n" + (date.map { "last-modified: \($0)\n" } ?? "")
    #expect(ResponseHead(lines)?.validator == validator)
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_234_567, "1.2 MB"), (999_960, "1.0 MB"), (8_000_000_000, "8.0 GB"),
  ])
  func namesNumbersOfBytes(count: Int, text: String) { #expect(FileSizeText.of(count) == text) }
}
