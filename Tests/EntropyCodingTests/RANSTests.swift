import EntropyCoding
import Testing

/// Every sequence of up to five symbols, regular ones and escapes of several sizes on both sides.
@Test func everyShortSequenceComesBack() throws {
  let tables = try makeTables([[0, 1, 65535, 65536], [0, 65536]], offsets: [-1, 7])
  let alphabet: [Int32] = [0, -1, 1, -90, 7_000]
  for count in 0...5 {
    let total = (0..<count).reduce(1) { product, _ in product * alphabet.count }
    for number in 0..<total {
      var rest = number
      let symbols = (0..<count).map { _ in
        defer { rest /= alphabet.count }
        return alphabet[rest % alphabet.count]
      }
      let indexes = (0..<count).map { Int32(($0 + number) % 2) }
      let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
      try #require(try RANS.decode(bytes, indexes: indexes, tables: tables) == symbols)
    }
  }
}

private let extremeSymbols: [Int32] = [.min, -2_147_483_647, -268_435_456, -134_217_728, 67_108_864, 134_217_728, 268_435_456, .max]
private let extremeOffsets: [Int32] = [.min, -1, 0, 1, .max]

@Test(arguments: extremeSymbols, extremeOffsets)
func everyValueOf32BitsComesBack(symbol: Int32, offset: Int32) throws {
  let tables = try makeTables([[0, 3, 65536]], offsets: [offset])
  let bytes = try RANS.encode(symbols: [symbol, offset], indexes: [0, 0], tables: tables)
  #expect(try RANS.decode(bytes, indexes: [0, 0], tables: tables) == [symbol, offset])
}

@Test func longRandomStreamsComeBackInOneCallAndInSeveral() throws {
  let tables = try gaussian.get().tables
  var generator = SeededGenerator(state: 5)
  let indexes = (0..<4_000).map { _ in Int32.random(in: 0..<64, using: &generator) }
  let symbols = indexes.map { Int32.random(in: -(1 + $0 * $0 / 3)...(1 + $0 * $0 / 3), using: &generator) }
  let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)

  var encoder = RANSEncoder()
  var decoder = try RANSDecoder(bytes)
  var decoded: [Int32] = []
  for start in stride(from: 0, to: symbols.count, by: 700) {
    let part = start..<min(start + 700, symbols.count)
    try encoder.encode(symbols: Array(symbols[part]), indexes: Array(indexes[part]), tables: tables)
    decoded += try decoder.decode(indexes: Array(indexes[part]), tables: tables)
  }
  try decoder.finish()
  #expect(encoder.finish() == bytes)
  #expect(decoded == symbols)
  #expect(encoder.finish() == [0, 0, 0, 0x80, 0, 0, 0, 0])
}

@Test func runsAreTheirWrittenOutIndexes() throws {
  let tables = try makeTables([goldenRow, [0, 1000, 64000, 65536], [0, 65536]], offsets: [-2, -1, 0])
  for runLength in [0, 1, 5] {
    let symbols = (0..<(3 * runLength)).map { Int32($0 % 4) - 1 }
    let indexes = (0..<3).flatMap { repeatElement(Int32($0), count: runLength) }
    let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
    #expect(try RANS.encode(symbols: symbols, runLength: runLength, tables: tables) == bytes)
    #expect(try RANS.decode(bytes, runLength: runLength, tables: tables) == symbols)
    var encoder = RANSEncoder()
    try encoder.encode(symbols: symbols, runLength: runLength, tables: tables)
    #expect(encoder.finish() == bytes)
  }
}

@Test func buffersAreFilledInPlace() throws {
  let tables = try makeTables([goldenRow], offsets: [-2])
  let symbols: [Int32] = [0, 1, 50, -2]
  let indexes: [Int32] = [0, 0, 0, 0]
  let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
  var filled = [Int32](repeating: 99, count: 4)
  var decoder = try RANSDecoder(bytes)
  try filled.withUnsafeMutableBufferPointer { filled in
    try indexes.withUnsafeBufferPointer { try decoder.decode(into: filled, indexes: $0, tables: tables) }
  }
  #expect(filled == symbols)
  decoder = try RANSDecoder(bytes)
  try filled.withUnsafeMutableBufferPointer { try decoder.decode(into: $0, runLength: 4, tables: tables) }
  #expect(filled == symbols)
  try decoder.finish()
}

@Test func countsAndIndexesAreChecked() throws {
  let tables = try makeTables([goldenRow, goldenRow], offsets: [-2, -2])
  var encoder = RANSEncoder()
  let short = thrownError { () throws(EntropyCodingError) in try encoder.encode(symbols: [0, 1], indexes: [0], tables: tables) }
  #expect(short == .indexCount(symbols: 2, indexes: 1))
  for index in [2, -1, Int32.min] {
    let wrong = EntropyCodingError.index(position: 1, value: Int(index), rows: 2)
    let encoded = thrownError { () throws(EntropyCodingError) in
      try RANS.encode(symbols: [0, 1], indexes: [0, index], tables: tables)
    }
    #expect(encoded == wrong)
    let decoded = thrownError { () throws(EntropyCodingError) in
      try RANS.decode([0, 0, 0, 0x80, 0, 0, 0, 0], indexes: [0, index], tables: tables)
    }
    #expect(decoded == wrong)
  }
  let uneven = thrownError { () throws(EntropyCodingError) in try RANS.encode(symbols: [0, 1, 2], runLength: 1, tables: tables) }
  #expect(uneven == .runCount(symbols: 3, rows: 2, runLength: 1))
  for runLength in [-1, .max] {
    let error = thrownError { () throws(EntropyCodingError) in
      try RANS.decode([0, 0, 0, 0x80, 0, 0, 0, 0], runLength: runLength, tables: tables)
    }
    #expect(error == .runCount(symbols: 0, rows: 2, runLength: runLength))
  }
  #expect(encoder.finish().count == 8)
}
