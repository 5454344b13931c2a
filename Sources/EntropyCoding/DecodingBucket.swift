/// What a decoder finds for a stretch of cumulative frequencies of one row: the symbol that holds the first of them.
///
/// A row has 2⁷ to 2¹¹ stretches of equal length, so many that most lie within one symbol; then nothing has to be searched.
struct DecodingBucket: Sendable, Equatable {
  /// From the lowest bit: the symbol's index, its start, both in 16 bits, and its frequency, 1 to 65536.
  private let packed: UInt64

  /// The index of the symbol in its row.
  @inline(__always) var symbol: Int { Int(packed & 0xFFFF) }
  /// The cumulative frequency at which it begins.
  @inline(__always) var start: UInt64 { packed >> 16 & 0xFFFF }
  /// The length of its range.
  @inline(__always) var frequency: UInt64 { packed >> 32 }

  /// Notes a symbol; a row has at most 65536 symbols.
  init(symbol: Int, start: Int32, frequency: Int32) {
    packed = UInt64(symbol) | UInt64(start) << 16 | UInt64(frequency) << 32
  }

  /// The bits that a cumulative frequency loses to be the number of a bucket in a row of so many symbols.
  static func shift(symbolCount: Int) -> Int {
    let bits = Int.bitWidth - max(symbolCount - 1, 1).leadingZeroBitCount
    return 16 - min(max(bits + 1, 7), 11)
  }

  /// The buckets of a row.
  static func all(of row: CodingTables.Row, quantizedCDF: [Int32]) -> [DecodingBucket] {
    var symbol = 0
    return (0..<(1 << (16 - row.bucketShift))).map { bucket in
      while quantizedCDF[row.start + symbol + 1] <= bucket << row.bucketShift { symbol += 1 }
      let start = quantizedCDF[row.start + symbol]
      return DecodingBucket(symbol: symbol, start: start, frequency: quantizedCDF[row.start + symbol + 1] - start)
    }
  }
}
