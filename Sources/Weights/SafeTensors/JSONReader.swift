/// A strict reader for the few JSON forms that a safetensors header has: objects, strings and lists of counts.
///
/// The caller says which form comes next, so nesting is as deep as the caller's code and hostile input cannot exhaust the stack.
struct JSONReader {
  private var reader: ByteReader

  init(_ reader: ByteReader) { self.reader = reader }

  /// Returns an error at the current position.
  func malformed(_ reason: String) -> WeightsProblem { reader.malformed(reason) }

  /// Reads an object and calls `member` with each key, to read the value.
  mutating func object(_ member: (inout JSONReader, String) throws(WeightsProblem) -> Void) throws(WeightsProblem) {
    try expect("{")
    if try accept("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while try accept(",")
    try expect("}")
  }

  /// Reads a list of numbers that are whole and not negative.
  mutating func counts() throws(WeightsProblem) -> [Int] {
    try expect("[")
    var counts: [Int] = []
    if try accept("]") { return counts }
    repeat { counts.append(try count()) } while try accept(",")
    try expect("]")
    return counts
  }

  /// Reads a string.
  mutating func string() throws(WeightsProblem) -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while true {
      let byte = try reader.byte()
      switch byte {
      case UInt8(ascii: "\""):
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.elementsEqual(bytes) else { throw malformed("text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): bytes.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20: throw malformed("a control character inside a string")
      default: bytes.append(byte)
      }
    }
  }

  /// Checks that only white space is left.
  mutating func end() throws(WeightsProblem) {
    skipSpace()
    guard reader.remaining == 0 else { throw malformed("text after the closing brace") }
  }

  private mutating func count() throws(WeightsProblem) -> Int {
    skipSpace()
    var value: Int?
    while let byte = reader.peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      guard value != 0 else { throw malformed("a number with leading zeros") }
      let (tens, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw malformed("a number that does not fit 64 bits") }
      value = sum
      _ = try reader.byte()
    }
    guard let value else { throw malformed("a whole number that is not negative is needed here") }
    return value
  }

  private mutating func escaped() throws(WeightsProblem) -> Unicode.Scalar {
    switch try reader.byte() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xd800..<0xdc00).contains(code), try reader.byte() == UInt8(ascii: "\\"), try reader.byte() == UInt8(ascii: "u") {
        let low = try hexadecimal()
        guard (0xdc00..<0xe000).contains(low) else { throw malformed("half of a surrogate pair") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw malformed("half of a surrogate pair") }
      return scalar
    default: throw malformed("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(WeightsProblem) -> UInt32 {
    let digits = reader.bytes[try reader.range(4)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("four hexadecimal digits are needed here") }
    return value
  }

  private mutating func skipSpace() {
    while let byte = reader.peek, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { _ = try? reader.byte() }
  }

  private mutating func accept(_ character: Unicode.Scalar) throws(WeightsProblem) -> Bool {
    skipSpace()
    guard reader.peek == UInt8(ascii: character) else { return false }
    _ = try reader.byte()
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(WeightsProblem) {
    guard try accept(character) else {
      throw reader.remaining == 0 ? .cutShort(part: reader.part) : malformed("'\(character)' is needed here")
    }
  }
}
