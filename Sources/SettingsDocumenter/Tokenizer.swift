/// Cuts Swift source into tokens; ordinary comments are dropped.
///
/// It knows nested block comments, texts of several lines, raw texts and interpolations, so that braces and keywords inside them do not
/// count. It does not know regular expressions between slashes, which the sources do not use.
struct Tokenizer {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []

  /// Returns the tokens of `source`.
  static func tokens(of source: String) -> [Token] {
    var tokenizer = Tokenizer(source)
    tokenizer.run()
    return tokenizer.tokens
  }

  private init(_ source: String) { bytes = Array(source.utf8) }

  private mutating func run() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n") {
        tokens.append(.newline)
        position += 1
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") {
        position += 1
      } else if starts(with: "//") {
        readLineComment()
      } else if starts(with: "/*") {
        skipBlockComment()
      } else if let hashes = hashesOfText() {
        tokens.append(.text(readText(hashes: hashes)))
      } else if byte == UInt8(ascii: "`") {
        readQuotedWord()
      } else if isLetter(byte) {
        readWord()
      } else {
        tokens.append(.symbol(Character(UnicodeScalar(byte))))
        position += 1
      }
    }
  }

  private func starts(with text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[position...].starts(with: $0) }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func readWord() {
    let start = position
    while position < bytes.count, isLetter(bytes[position]) { position += 1 }
    tokens.append(.word(text(start..<position)))
  }

  private mutating func readQuotedWord() {
    let start = position + 1
    position = bytes[start...].firstIndex(of: UInt8(ascii: "`")) ?? bytes.count
    tokens.append(.word(text(min(start, position)..<position)))
    position += 1
  }

  /// Three slashes document what follows, four do not.
  private mutating func readLineComment() {
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if starts(with: "///"), !starts(with: "////") {
      var start = position + 3
      if start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
      tokens.append(.documentation(text(start..<end)))
      // The comment owns its line, whose end says nothing.
      position = min(end + 1, bytes.count)
    } else {
      position = end
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while position < bytes.count {
      if starts(with: "/*") {
        depth += 1
        position += 2
      } else if starts(with: "*/") {
        depth -= 1
        position += 2
        if depth == 0 { return }
      } else {
        position += 1
      }
    }
  }

  /// The number of `#` before the quote of a text that starts here; nil when none does.
  private func hashesOfText() -> Int? {
    var end = position
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - position : nil
  }

  private mutating func readText(hashes: Int) -> String {
    position += hashes
    let isLong = starts(with: "\"\"\"")
    position += isLong ? 3 : 1
    let start = position
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\"), hasHashes(hashes, at: position + 1) {
        position += 1 + hashes
        if position < bytes.count, bytes[position] == UInt8(ascii: "(") { skipInterpolation() } else { position += 1 }
      } else if starts(with: isLong ? "\"\"\"" : "\""), hasHashes(hashes, at: position + (isLong ? 3 : 1)) {
        let content = text(start..<position)
        position += (isLong ? 3 : 1) + hashes
        return content
      } else if !isLong, bytes[position] == UInt8(ascii: "\n") {
        break
      } else {
        position += 1
      }
    }
    return text(min(start, bytes.count)..<min(position, bytes.count))
  }

  private func hasHashes(_ count: Int, at index: Int) -> Bool {
    index + count <= bytes.count && bytes[index..<index + count].allSatisfy { $0 == UInt8(ascii: "#") }
  }

  private mutating func skipInterpolation() {
    var depth = 0
    while position < bytes.count {
      if let hashes = hashesOfText() {
        _ = readText(hashes: hashes)
        continue
      }
      if bytes[position] == UInt8(ascii: "(") { depth += 1 }
      if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
      position += 1
      if depth == 0 { return }
    }
  }
}
