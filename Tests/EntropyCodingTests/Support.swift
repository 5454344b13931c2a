import EntropyCoding

/// The golden values of these tests come from the compiled coder of CompressAI 1.2.8 unless a test says otherwise.
func makeTables(_ rows: [[Int32]], offsets: [Int32]) throws -> CodingTables { try CodingTables(rows: rows, offsets: offsets) }

/// The six-symbol distribution of most golden streams.
let goldenRow: [Int32] = [0, 6553, 19660, 45874, 58981, 65535, 65536]

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

/// The Gaussian tables, built once for all tests.
let gaussian = Result { try GaussianTables() }

/// Random numbers that a seed determines: a linear congruential generator, whose upper bits are returned.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    var value: UInt64 = 0
    for _ in 0..<2 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      value = value << 32 | state >> 32
    }
    return value
  }
}

/// The error that `body` throws, or nil.
func thrownError<Value>(_ body: () throws(EntropyCodingError) -> Value) -> EntropyCodingError? {
  do throws(EntropyCodingError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
