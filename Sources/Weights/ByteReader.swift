/// Reads a part of a file from front to back and throws where it ends early.
struct ByteReader {
  let bytes: [UInt8]
  /// What is being read, for error sentences.
  let part: String
  private(set) var position: Int
  private let start: Int
  private let end: Int

  /// Reads `bytes` within `range`; the range must lie inside.
  init(_ bytes: [UInt8], range: Range<Int>? = nil, part: String) {
    let range = range ?? bytes.indices
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "the range \(range) is outside \(bytes.count) bytes")
    self.bytes = bytes
    self.part = part
    start = range.lowerBound
    end = range.upperBound
    position = start
  }

  /// The bytes left.
  var remaining: Int { end - position }

  /// Returns an error at the current position.
  func malformed(_ reason: String) -> WeightsProblem {
    .malformed(part: part, offset: position - start, reason: reason)
  }

  /// Returns the next byte without consuming it, or nothing at the end.
  var peek: UInt8? { position < end ? bytes[position] : nil }

  mutating func byte() throws(WeightsProblem) -> UInt8 {
    guard position < end else { throw .cutShort(part: part) }
    defer { position += 1 }
    return bytes[position]
  }

  /// Consumes `count` bytes and returns where they are; a count from a file may be anything.
  mutating func range(_ count: Int) throws(WeightsProblem) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw .cutShort(part: part) }
    defer { position += count }
    return position..<(position + count)
  }

  mutating func littleEndian<Integer: FixedWidthInteger>(_: Integer.Type) throws(WeightsProblem) -> Integer {
    var value: Integer = 0
    for index in try range(Integer.bitWidth / 8).reversed() { value = value << 8 | Integer(truncatingIfNeeded: bytes[index]) }
    return value
  }

  /// Consumes a 64-bit count that must fit the part.
  mutating func count64() throws(WeightsProblem) -> Int {
    guard let count = Int(exactly: try littleEndian(UInt64.self)) else { throw .cutShort(part: part) }
    return count
  }

  /// Consumes `count` bytes of UTF-8.
  mutating func text(_ count: Int) throws(WeightsProblem) -> String {
    let slice = bytes[try range(count)]
    let text = String(decoding: slice, as: UTF8.self)
    guard text.utf8.elementsEqual(slice) else { throw malformed("text that is not UTF-8") }
    return text
  }

  /// Consumes a line with its end and returns it without.
  mutating func line() throws(WeightsProblem) -> String {
    guard let newline = bytes[position..<end].firstIndex(of: 0x0a) else { throw .cutShort(part: part) }
    let line = try text(newline - position)
    position += 1
    return line
  }
}
