import EntropyCoding
import Testing

/// Streams of four coders that take turns.
struct InterleavedStreamTests {
  private static let rows: [[Int32]] = [goldenRow, [0, 1000, 64000, 65536], [0, 65536]]
  private static let offsets: [Int32] = [-2, -1, 0]

  private func tables() throws -> CodingTables { try makeTables(Self.rows, offsets: Self.offsets) }

  private func decodeError(_ bytes: [UInt8], indexes: [Int32], tables: CodingTables) -> EntropyCodingError? {
    thrownError { () throws(EntropyCodingError) in try RANS.decode(bytes, indexes: indexes, tables: tables, form: .interleaved) }
  }

  /// Symbols and rows that a seed determines, with an escape here and there.
  private func drawn(_ count: Int, seed: UInt64) -> (symbols: [Int32], indexes: [Int32]) {
    var generator = SeededGenerator(state: seed)
    let indexes = (0..<count).map { _ in Int32.random(in: 0..<3, using: &generator) }
    let symbols = (0..<count).map { _ in
      let spread: Int32 = Int.random(in: 0..<9, using: &generator) == 0 ? .max : 3
      return Int32.random(in: -spread...spread, using: &generator)
    }
    return (symbols, indexes)
  }

  /// From `Tests/Fixtures/streams/generate.py`.
  @Test(
    arguments: [
      ([], [], "0000008000000000000000800000000000000080000000000000008000000000"),
      ([0, 1, -1], [0, 0, 0], "6666014001000000cccc02800200000033330280020000000000008000000000"),
      (
        [0, -1, 1, 2, -2, 0, 0, 5, -7], [0, 0, 0, 0, 0, 0, 0, 0, 0],
        "bf65ce278257800c68260d400600000001c00d400600000090f8925200ecff04"
      ),
      (
        [100_000, -100_000, 1 << 20, -1 << 20, 0, 1], [0, 0, 0, 0, 0, 0],
        "ffff660140010000ffffcc0280020000ffff000000080000ffff000000080000a5d33066b5d330cca6ffff01b6ffff01"
      ),
      (
        [0, 1, -1, 0, 5, 0, 0, 0], [0, 1, 1, 0, 1, 0, 1, 0],
        "c580ac8a5535000060fa1159550300001801491622000000ce8c062003000000"
      ),
    ] as [([Int32], [Int32], String)])
  func streamsAreThoseOfTheDefinition(symbols: [Int32], indexes: [Int32], stream: String) throws {
    let tables = try tables()
    let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
    #expect(hexadecimal(bytes) == stream)
    #expect(try RANS.decode(bytes, indexes: indexes, tables: tables, form: .interleaved) == symbols)
  }

  @Test func everyNumberOfSymbolsComesBackInOneCallAndInSeveral() throws {
    let tables = try tables()
    for count in Array(0...40) + [255, 256, 257, 1023, 5000] {
      let (symbols, indexes) = drawn(count, seed: UInt64(count))
      let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
      try #require(try RANS.decode(bytes, indexes: indexes, tables: tables, form: .interleaved) == symbols)
      // The same words in another order: not one word more than a single coder needs, but for the four states.
      let single = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
      #expect(abs(bytes.count - single.count - 24) <= 12)
      for step in [1, 2, 3, 5, 700] {
        var encoder = RANSEncoder()
        var decoder = try RANSDecoder(bytes, form: .interleaved)
        var decoded: [Int32] = []
        for start in stride(from: 0, to: count, by: step) {
          let part = start..<min(start + step, count)
          try encoder.encode(symbols: Array(symbols[part]), indexes: Array(indexes[part]), tables: tables)
          decoded += try decoder.decode(indexes: Array(indexes[part]), tables: tables)
        }
        try decoder.finish()
        try #require(decoded == symbols && encoder.finish(form: .interleaved) == bytes, "\(count) symbols, \(step) at a time")
      }
    }
  }

  @Test func largeStreamsGiveTheSymbolsOfOneCoder() throws {
    let tables = try gaussian.get().tables
    var generator = SeededGenerator(state: 9)
    let indexes = (0..<200_000).map { _ in Int32.random(in: 0..<64, using: &generator) }
    let symbols = indexes.map { Int32.random(in: -(1 + $0 * $0 / 3)...(1 + $0 * $0 / 3), using: &generator) }
    let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
    let single = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables)
    #expect(try RANS.decode(bytes, indexes: indexes, tables: tables, form: .interleaved) == symbols)
    #expect(try RANS.decode(single, indexes: indexes, tables: tables) == symbols)
    #expect(abs(bytes.count - single.count - 24) <= 12)
  }

  @Test(arguments: [Int32.min, -268_435_456, -3, 3, 67_108_864, .max])
  func everyEscapeComesBackFromEveryCoder(symbol: Int32) throws {
    let tables = try tables()
    for count in 1...8 {
      for place in 0..<count {
        var symbols = [Int32](repeating: 0, count: count)
        symbols[place] = symbol
        let indexes = (0..<Int32(count)).map { $0 % 3 }
        let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
        try #require(try RANS.decode(bytes, indexes: indexes, tables: tables, form: .interleaved) == symbols)
      }
    }
    // More words than one for each symbol.
    let symbols = [Int32](repeating: symbol, count: 3000)
    let bytes = try RANS.encode(symbols: symbols, runLength: 1000, tables: tables, form: .interleaved)
    #expect(try RANS.decode(bytes, runLength: 1000, tables: tables, form: .interleaved) == symbols)
  }

  @Test func runsAreTheirWrittenOutIndexes() throws {
    let tables = try tables()
    for runLength in [0, 1, 5, 86] {
      let symbols = (0..<(3 * runLength)).map { Int32($0 % 4) - 1 }
      let indexes = (0..<3).flatMap { repeatElement(Int32($0), count: runLength) }
      let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
      #expect(try RANS.encode(symbols: symbols, runLength: runLength, tables: tables, form: .interleaved) == bytes)
      #expect(try RANS.decode(bytes, runLength: runLength, tables: tables, form: .interleaved) == symbols)
    }
  }

  @Test func whatNoEncoderWritesIsRefused() throws {
    let tables = try tables()
    for count in [0, 4, 8, 28, 31, 33, 35] {
      let error = decodeError([UInt8](repeating: 0, count: count), indexes: [], tables: tables)
      #expect(error == .streamLength(count, least: 32))
    }
    let empty = try RANS.encode(symbols: [], indexes: [], tables: tables, form: .interleaved)
    for lane in 0..<4 {
      for state in [[0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0x80]] as [[UInt8]] {
        var damaged = empty
        damaged.replaceSubrange(8 * lane..<8 * lane + 8, with: state)
        #expect(decodeError(damaged, indexes: [], tables: tables) == .streamStart)
      }
      // A state that is possible and not the first one of an encoder.
      var damaged = empty
      damaged[8 * lane] = 1
      #expect(decodeError(damaged, indexes: [], tables: tables) == .streamState)
    }
    #expect(decodeError(empty + [0, 0, 0, 0], indexes: [], tables: tables) == .streamRest(words: 1))
    let (symbols, indexes) = drawn(90, seed: 3)
    let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
    let more = indexes + [Int32](repeating: 0, count: 200)
    guard case .streamEnded(let position) = decodeError(bytes, indexes: more, tables: tables) else {
      Issue.record("symbols that are not there must be missed")
      return
    }
    #expect((90..<290).contains(position))
    let short = thrownError { () throws(EntropyCodingError) in
      try RANS.decode(empty, runLength: 1 << 30, tables: makeOneRow(), form: .interleaved)
    }
    #expect(short == .streamTooShort(symbols: 1 << 30, byteCount: 32))
    for runLength in [-1, .max] {
      let error = thrownError { () throws(EntropyCodingError) in
        try RANS.decode(empty, runLength: runLength, tables: tables, form: .interleaved)
      }
      #expect(error == .runCount(symbols: 0, rows: 3, runLength: runLength))
    }
    #expect(decodeError(empty, indexes: [3], tables: tables) == .index(position: 0, value: 3, rows: 3))
  }

  private func makeOneRow() throws(EntropyCodingError) -> CodingTables { try CodingTables(rows: [goldenRow], offsets: [-2]) }

  /// Escapes with too many digits, in each coder; the error names the symbol.
  @Test func impossibleEscapesAreRefusedWithTheirPlace() throws {
    let tables = try makeTables([[0, 65536]], offsets: [0])
    for lane in 0..<4 {
      var bytes = try RANS.encode(symbols: [], indexes: [], tables: tables, form: .interleaved)
      // Fifteen digits.
      bytes.replaceSubrange(8 * lane..<8 * lane + 8, with: [15, 0, 0, 0, 0, 0, 0, 0x10])
      // Before it, the other coders read numbers of no digits.
      let error = decodeError(bytes + [UInt8](repeating: 0, count: 400), indexes: [Int32](repeating: 0, count: 4), tables: tables)
      #expect(error == .streamEscape(position: lane))
    }
  }

  @Test func everyCutAndEveryFlippedBitIsRefusedOrCodesOtherSymbols() throws {
    let tables = try tables()
    let (symbols, indexes) = drawn(60, seed: 11)
    let bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved)
    for count in 0..<bytes.count { #expect(decodeError(Array(bytes.prefix(count)), indexes: indexes, tables: tables) != nil) }
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let decoded = try? RANS.decode(damaged, indexes: indexes, tables: tables, form: .interleaved) else { continue }
      #expect(decoded != symbols)
      #expect(try RANS.encode(symbols: decoded, indexes: indexes, tables: tables, form: .interleaved) == damaged)
    }
  }

  @Test func randomBytesAreRefusedOrComeBack() throws {
    let tables = try tables()
    var generator = SeededGenerator(state: 21)
    for number in 0..<3000 {
      var bytes = (0..<(32 + 4 * (number % 9))).map { _ in UInt8.random(in: 0...255, using: &generator) }
      // States in their range, so that symbols are read at all.
      for lane in 0..<4 { bytes[8 * lane + 7] &= 0x7F }
      let indexes = (0..<(number % 50)).map { _ in Int32.random(in: 0..<3, using: &generator) }
      guard let decoded = try? RANS.decode(bytes, indexes: indexes, tables: tables, form: .interleaved) else { continue }
      #expect(try RANS.encode(symbols: decoded, indexes: indexes, tables: tables, form: .interleaved) == bytes)
    }
  }

  @Test func aCallThatThrowsLeavesTheDecoderAsItWas() throws {
    let tables = try tables()
    let (symbols, indexes) = drawn(70, seed: 5)
    var decoder = try RANSDecoder(RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: .interleaved), form: .interleaved)
    let head = try decoder.decode(indexes: Array(indexes.prefix(30)), tables: tables)
    let more = Array(indexes.dropFirst(30)) + [Int32](repeating: 0, count: 400)
    #expect(throws: EntropyCodingError.self) { try decoder.decode(indexes: more, tables: tables) }
    #expect(head + (try decoder.decode(indexes: Array(indexes.dropFirst(30)), tables: tables)) == symbols)
    try decoder.finish()
  }
}
