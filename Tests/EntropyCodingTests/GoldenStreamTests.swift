import EntropyCoding
import Testing

/// One stream with what makes it.
struct GoldenStream: Sendable, CustomTestStringConvertible {
  let name: String
  let symbols: [Int32]
  var indexes: [Int32]?
  var rows = [goldenRow]
  var offsets: [Int32] = [-2]
  let stream: String

  var testDescription: String { name }
}

private let goldenStreams: [GoldenStream] = [
  GoldenStream(name: "V0", symbols: [0, -1, 1, 2, -2, 0, 0, 5, -7], stream: "c3a9c0c91f564d4cf4ff1f09"),
  GoldenStream(name: "V1", symbols: [0, 0, 0, 0], stream: "f67c508813000000"),
  GoldenStream(name: "V2", symbols: [-2, -1, 0, 1, 2, -1, 0, 1], stream: "e004e7c408fb0200"),
  GoldenStream(name: "V3", symbols: [3, -3, 0, 0], stream: "ffffcc6800320000f0ff1fe1"),
  GoldenStream(name: "V4", symbols: [100, -100, 0, 0], stream: "ffff22cc8c062003ffff32ec"),
  GoldenStream(
    name: "V5", symbols: [100_000, -100_000, 1 << 20, -1 << 20],
    stream: "ffffff0080000000a5d330ffb5d30000f3ff6ffaff1fffffb6ffff01"),
  GoldenStream(
    name: "V6", symbols: [0, 1, -1, 0, 5, 0, 0, 0], indexes: [0, 1, 1, 0, 1, 0, 1, 0],
    rows: [goldenRow, [0, 1000, 64000, 65536]], offsets: [-2, -1], stream: "f699d54f02000000702c8079"),
  GoldenStream(name: "V7", symbols: [0, 1, -1, 2], stream: "f998fb7e38010000"),
  GoldenStream(name: "V8, 3 zeros", symbols: [0, 0, 0], rows: [[0, 32768, 49152, 65536]], offsets: [0], stream: "0000000004000000"),
  GoldenStream(name: "V8, 4 zeros", symbols: [0, 0, 0, 0], rows: [[0, 32768, 49152, 65536]], offsets: [0], stream: "0000000008000000"),
  // For the short streams the original writes outside its buffer; these values follow from the definition.
  GoldenStream(name: "no symbols", symbols: [], stream: "0000008000000000"),
  GoldenStream(name: "V8, 1 zero", symbols: [0], rows: [[0, 32768, 49152, 65536]], offsets: [0], stream: "0000000001000000"),
  GoldenStream(name: "V8, 2 zeros", symbols: [0, 0], rows: [[0, 32768, 49152, 65536]], offsets: [0], stream: "0000000002000000"),
]

@Test(arguments: goldenStreams)
func streamsAreThoseOfCompressAI(_ golden: GoldenStream) throws {
  let tables = try makeTables(golden.rows, offsets: golden.offsets)
  let indexes = golden.indexes ?? [Int32](repeating: 0, count: golden.symbols.count)
  let bytes = try RANS.encode(symbols: golden.symbols, indexes: indexes, tables: tables)
  #expect(hexadecimal(bytes) == golden.stream)
  #expect(try RANS.decode(bytes, indexes: indexes, tables: tables) == golden.symbols)

  var encoder = RANSEncoder()
  for (symbol, index) in zip(golden.symbols, indexes) { try encoder.encode(symbols: [symbol], indexes: [index], tables: tables) }
  #expect(encoder.finish() == bytes)
}

@Test func entropyBottleneckStreamIsThatOfCompressAI() throws {
  let rows: [[Int32]] = [
    [
      0, 1287, 2633, 4034, 5486, 6984, 8523, 10096, 11697, 13318, 14951, 16588, 18221, 19842, 21443, 23016, 24555, 26053, 27505, 28906,
      30252, 31539, 65536,
    ],
    [0, 1983, 3998, 6035, 8084, 10136, 12179, 14204, 16201, 18161, 20075, 65536],
  ]
  let tables = try makeTables(rows, offsets: [-10, -4])
  let symbols: [Int32] = [-2, 0, 0, 1, 3, -1, 0, 0, 2, 9]
  let bytes = try RANS.encode(symbols: symbols, runLength: 5, tables: tables)
  #expect(hexadecimal(bytes) == "1c30629611ae49004f1aa5f8")
  #expect(try RANS.decode(bytes, runLength: 5, tables: tables) == symbols)
}

@Test func gaussianStreamIsThatOfCompressAI() throws {
  let gaussian = try gaussian.get()
  let indexes = [0.05, 0.11, 0.2, 1, 3.3, 300].map { gaussian.index(ofScale: $0) }
  #expect(indexes == [0, 0, 5, 18, 28, 63])
  let symbols: [Int32] = [0, 1, -2, 3, -40, 1000]
  let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: gaussian.tables)
  #expect(hexadecimal(bytes) == "73bb7c3e512a00000000d0ff3202d90f")
  #expect(try RANS.decode(bytes, indexes: indexes, tables: gaussian.tables) == symbols)
}

@Test func longStreamIsThatOfCompressAI() throws {
  let tables = try gaussian.get().tables
  let symbols = (0..<1000).map { Int32((7919 * $0) % 41 - 20) }
  let indexes = (0..<1000).map { Int32((31 * $0) % 64) }
  let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
  #expect(bytes.count == 1636)
  #expect(hexadecimal(bytes.prefix(16)) == "ffffc8b16d4d000052e20bb039821439")
  #expect(hexadecimal(bytes.suffix(8)) == "6c69e3a0f9ff23bd")
  // The CRC-32 of the stream whose SHA-256 is 7ea503ae73e7b3e0a623fff4384c5ef0208d4bf36954279c9b2cd44961c610ad.
  #expect(CRC32.checksum(bytes) == 0x72CB_6BBA)
  #expect(try RANS.decode(bytes, indexes: indexes, tables: tables) == symbols)
}
