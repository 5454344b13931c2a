extension PickleMachine {
  /// Runs the instructions that push a number or a text; returns false for any other.
  mutating func pushConstant(_ code: UInt8) throws(WeightsProblem) -> Bool {
    switch code {
    case 0x80:
      let version = try reader.byte()
      guard (2...5).contains(version) else { throw reader.malformed("the pickle has protocol \(version), where 2 to 5 are known") }
    case 0x95: _ = try reader.count64()
    case UInt8(ascii: "N"): push(.none)
    case 0x88: push(.bool(true))
    case 0x89: push(.bool(false))
    case UInt8(ascii: "J"): push(.int(Int(try reader.littleEndian(Int32.self))))
    case UInt8(ascii: "K"): push(.int(Int(try reader.byte())))
    case UInt8(ascii: "M"): push(.int(Int(try reader.littleEndian(UInt16.self))))
    case 0x8a: push(integer(try reader.range(Int(try reader.byte()))))
    case 0x8b: push(integer(try reader.range(Int(try reader.littleEndian(Int32.self)))))
    case UInt8(ascii: "G"): push(.float(Double(bitPattern: try bigEndian64())))
    case UInt8(ascii: "X"): push(.string(try reader.text(Int(try reader.littleEndian(UInt32.self)))))
    case 0x8c: push(.string(try reader.text(Int(try reader.byte()))))
    case 0x8d: push(.string(try reader.text(try reader.count64())))
    // Python 2 wrote its byte strings so; names of parameters are among them.
    case UInt8(ascii: "U"): push(.string(try reader.text(Int(try reader.byte()))))
    case UInt8(ascii: "T"): push(.string(try reader.text(Int(try reader.littleEndian(Int32.self)))))
    case UInt8(ascii: "C"): try skip(Int(try reader.byte()))
    case UInt8(ascii: "B"): try skip(Int(try reader.littleEndian(UInt32.self)))
    case 0x8e, 0x96: try skip(try reader.count64())
    default: return false
    }
    return true
  }

  private mutating func skip(_ count: Int) throws(WeightsProblem) {
    _ = try reader.range(count)
    push(.opaque)
  }

  /// Returns the integer in two's complement, little endian, of any length; one of more than 8 bytes is no count and becomes opaque.
  private func integer(_ range: Range<Int>) -> PickleValue {
    if range.isEmpty { return .int(0) }
    if range.count > 8 { return .opaque }
    var value = Int(Int8(bitPattern: reader.bytes[range.upperBound - 1]))
    for index in range.dropLast().reversed() { value = value << 8 | Int(reader.bytes[index]) }
    return .int(value)
  }

  private mutating func bigEndian64() throws(WeightsProblem) -> UInt64 {
    try reader.littleEndian(UInt64.self).byteSwapped
  }
}
