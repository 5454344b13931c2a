#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension CodingTables {
  /// Returns the largest run length that a stream of `byteCount` bytes can hold, for streams whose every row codes a run.
  ///
  /// A header can announce any number of symbols, so memory is taken for no more than the stream can pay for. A symbol of frequency f multiplies the
  /// coder's state by 65536/f or more, but for roundings below 2⁻¹⁴ of its bits, for which an allowance of 1/1000 is more than enough; so
  /// no stream of an encoder is refused.
  public func greatestRunLength(inBytes byteCount: Int) -> Int {
    // The first state counts, too: a stream never holds more than its bits.
    let length = Double(byteCount) * 8 / (leastBits * 0.999)
    return length < 0x1p53 ? Int(length) : 1 << 53
  }

  /// The bits of the most frequent symbol; behind the last one, the sentinel, stands at least one group of 4 bits.
  static func leastBits(of row: Row, quantizedCDF: [Int32]) -> Double {
    (0...row.sentinel).reduce(Double.infinity) { least, symbol in
      let frequency = quantizedCDF[row.start + symbol + 1] - quantizedCDF[row.start + symbol]
      return min(least, log2(65536 / Double(frequency)) + (symbol == row.sentinel ? 4 : 0))
    }
  }
}
