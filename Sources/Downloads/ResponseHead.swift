/// The status and the headers of an HTTP answer.
struct ResponseHead: Sendable, Equatable {
  let status: Int
  /// The headers under their names in lower case; the last of one name counts.
  let headers: [String: String]

  /// Reads the lines of a head; nil when it is none.
  init?(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let first = lines.first, first.hasPrefix("HTTP/"), let code = first.split(separator: " ").dropFirst().first,
      let status = Int(code)
    else { return nil }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = Self.trimmed(line[line.index(after: colon)...])
    }
    self.headers = headers
  }

  /// Whether another head follows: that of the real answer, or of the place to which this one leads.
  var isFollowed: Bool { status / 100 == 1 || (status / 100 == 3 && status != 304 && headers["location"] != nil) }

  /// How many bytes the body has, as the server says.
  var contentLength: Int? { headers["content-length"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

  /// Where a part begins, and the size of the whole where it is known: `bytes 100-199/200`, or `bytes */200` when the server has no such part.
  var contentRange: (start: Int?, total: Int?)? {
    guard let text = headers["content-range"], text.hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst(6).split(separator: "/")
    guard parts.count == 2 else { return nil }
    return (Int(parts[0].split(separator: "-").first ?? ""), Int(parts[1]))
  }

  /// What tells a changed file: a strong entity tag, or the date of the last change.
  var validator: String? {
    if let tag = headers["etag"], tag.hasPrefix("\"") { return tag }
    return headers["last-modified"]
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}

/// Takes the heads from what `curl --include` writes, and leaves the body.
struct ResponseReader {
  private var pending: [UInt8] = []
  private(set) var head: ResponseHead?

  /// The longest head that is read; a server that sends more sends nonsense.
  static let longestHead = 1 << 18

  /// Returns the bytes of the body among the next `bytes`.
  ///
  /// - Throws: ``NoHead`` when what comes is no HTTP answer.
  mutating func body(_ bytes: [UInt8]) throws -> [UInt8] {
    if head != nil { return bytes }
    pending += bytes
    while head == nil, let end = Self.end(of: pending) {
      guard let next = ResponseHead(String(decoding: pending[..<end], as: UTF8.self)) else { throw NoHead() }
      pending.removeFirst(end)
      if !next.isFollowed { head = next }
    }
    guard head != nil else {
      if pending.count > Self.longestHead { throw NoHead() }
      return []
    }
    defer { pending = [] }
    return pending
  }

  struct NoHead: Error {}

  /// Where the first empty line ends.
  private static func end(of bytes: [UInt8]) -> Int? {
    var index = 0
    while let line = bytes[index...].firstIndex(of: 10) {
      if line == index || (line == index + 1 && bytes[index] == 13) { return line + 1 }
      index = line + 1
    }
    return nil
  }
}
