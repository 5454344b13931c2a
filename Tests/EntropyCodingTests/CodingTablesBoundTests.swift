import EntropyCoding
import Testing

struct CodingTablesBoundTests {
  /// Rows whose most probable symbol costs next to nothing, and others.
  static let rows: [[[Int32]]] = [
    [[0, 65535, 65536]], [[0, 1, 65535, 65536]], [[0, 65536]], [goldenRow], [[0, 65533, 65534, 65535, 65536], goldenRow],
    [[0, 65535, 65536], [0, 65534, 65535, 65536]],
  ]

  /// The longest runs of the most probable symbols: no stream of an encoder is taken for too short.
  @Test(arguments: rows)
  func whatAnEncoderWritesIsDecoded(rows: [[Int32]]) throws {
    let tables = try makeTables(rows, offsets: rows.map { _ in 0 })
    for runLength in [0, 1, 2, 100, 5000, 400_000] {
      let symbols = rows.flatMap { row -> [Int32] in
        let frequencies = zip(row.dropFirst(), row).map { $0 - $1 }
        let best = frequencies.indices.max { frequencies[$0] < frequencies[$1] } ?? 0
        return [Int32](repeating: Int32(best), count: runLength)
      }
      let bytes = try RANS.encode(symbols: symbols, runLength: runLength, tables: tables)
      #expect(runLength <= tables.greatestRunLength(inBytes: bytes.count))
      #expect(try RANS.decode(bytes, runLength: runLength, tables: tables) == symbols)
    }
  }

  /// Five symbols of 1 bit each are in no stream of fewer bits; the bound is not far above what a stream can hold.
  @Test func theBoundIsNear() throws {
    let even = try makeTables([[0, 32768, 65536]], offsets: [0])
    // One regular symbol of 1 bit; the other opens an escape.
    #expect((64...66).contains(even.greatestRunLength(inBytes: 8)))
    let sure = try makeTables([[0, 65535, 65536]], offsets: [0])
    let symbols = [Int32](repeating: 0, count: 1_000_000)
    let bytes = try RANS.encode(symbols: symbols, runLength: symbols.count, tables: sure)
    #expect(sure.greatestRunLength(inBytes: bytes.count) < 4_000_000)
  }

  /// 10¹² symbols announced for 8 bytes: refused before memory is taken, which no machine would have.
  @Test(arguments: rows)
  func noMemoryIsTakenForWhatCannotBeThere(rows: [[Int32]]) throws {
    let tables = try makeTables(rows, offsets: rows.map { _ in 0 })
    let bytes = try RANS.encode(symbols: [Int32](repeating: 0, count: rows.count), runLength: 1, tables: tables)
    let length = 1_000_000_000_000
    #expect(throws: EntropyCodingError.streamTooShort(symbols: rows.count * length, byteCount: bytes.count)) {
      try RANS.decode(bytes, runLength: length, tables: tables)
    }
  }
}
