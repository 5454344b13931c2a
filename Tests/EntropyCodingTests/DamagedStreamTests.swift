import EntropyCoding
import Testing

private func decodeError(_ bytes: [UInt8], symbols: Int, rows: [[Int32]] = [goldenRow], offset: Int32 = -2) throws -> EntropyCodingError? {
  let tables = try makeTables(rows, offsets: [offset])
  return thrownError { () throws(EntropyCodingError) in
    try RANS.decode(bytes, indexes: [Int32](repeating: 0, count: symbols), tables: tables)
  }
}

@Test func lengthsThatNoStreamHasAreRefused() throws {
  for count in [0, 1, 4, 7, 9, 11] {
    #expect(try decodeError([UInt8](repeating: 0, count: count), symbols: 1) == .streamLength(count))
  }
}

@Test func firstStatesThatNoEncoderLeavesAreRefused() throws {
  #expect(try decodeError([0, 0, 0, 0, 0, 0, 0, 0], symbols: 0) == .streamStart)
  #expect(try decodeError([0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0], symbols: 0) == .streamStart)
  #expect(try decodeError([0, 0, 0, 0, 0, 0, 0, 0x80], symbols: 0) == .streamStart)
}

@Test func everyCutAndEveryFlippedBitIsRefusedOrCodesOtherSymbols() throws {
  let tables = try makeTables([goldenRow], offsets: [-2])
  let symbols: [Int32] = [0, -1, 1, 2, -2, 0, 0, 5, -7, 0, 0, 1, 100, 0]
  let indexes = [Int32](repeating: 0, count: symbols.count)
  let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
  for count in 0..<bytes.count {
    #expect(throws: EntropyCodingError.self) { try RANS.decode(Array(bytes.prefix(count)), indexes: indexes, tables: tables) }
  }
  #expect(try decodeError(bytes + [0, 0, 0, 0], symbols: symbols.count) == .streamRest(words: 1))
  for bit in 0..<(8 * bytes.count) {
    var damaged = bytes
    damaged[bit / 8] ^= 1 << UInt8(bit % 8)
    guard let decoded = try? RANS.decode(damaged, indexes: indexes, tables: tables) else { continue }
    #expect(decoded != symbols)
    #expect(try RANS.encode(symbols: decoded, indexes: indexes, tables: tables) == damaged)
  }
}

@Test func wrongNumbersOfSymbolsAreRefused() throws {
  let golden: [UInt8] = [0xF6, 0x7C, 0x50, 0x88, 0x13, 0, 0, 0]
  #expect(try decodeError(golden, symbols: 3) == .streamState)
  #expect(try decodeError(golden, symbols: 4) == nil)
  #expect(try decodeError(golden, symbols: 5) == .streamEnded(position: 4))
}

/// With a sentinel only, a state's lowest 16 bits select it and the next digits are those of its escape.
@Test func impossibleEscapesAreRefused() throws {
  func stream(_ digits: [UInt64]) -> [UInt8] {
    // The digits from the lowest up, under a leading one that keeps the state large enough.
    let state = digits.enumerated().reduce(UInt64(1) << 60) { $0 | $1.element << (4 * UInt64($1.offset)) }
    return (0..<8).map { UInt8(truncatingIfNeeded: state >> (8 * $0)) }
  }
  for digits in [10, 11, 14, 15] as [UInt64] {
    #expect(try decodeError(stream([digits]), symbols: 1, rows: [[0, 65536]]) == .streamEscape(position: 0))
  }
  // The highest digit is 0.
  #expect(try decodeError(stream([2, 5, 0]), symbols: 1, rows: [[0, 65536]]) == .streamEscape(position: 0))
  // Nine digits f give a number of 36 bits.
  let words = stream([9] + [UInt64](repeating: 15, count: 14)) + [UInt8](repeating: 0xFF, count: 4)
  #expect(try decodeError(words, symbols: 1, rows: [[0, 65536]]) == .streamSymbol(position: 0))
}

@Test func aCallThatThrowsLeavesTheDecoderAsItWas() throws {
  let tables = try makeTables([goldenRow], offsets: [-2])
  var decoder = try RANSDecoder([0xF6, 0x7C, 0x50, 0x88, 0x13, 0, 0, 0])
  #expect(throws: EntropyCodingError.self) { try decoder.decode(indexes: [0, 0, 0, 0, 0], tables: tables) }
  #expect(try decoder.decode(indexes: [0, 0, 0, 0], tables: tables) == [0, 0, 0, 0])
  try decoder.finish()
}
