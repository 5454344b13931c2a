/// What the encoder multiplies and adds for a symbol, where it would divide by the symbol's frequency.
///
/// With s = ⌈log₂ f⌉ and m = ⌈2^(63+s) / f⌉ the quotient x / f is ⌊x·m / 2^(63+s)⌋ for all x below 2^63: m·f exceeds 2^(63+s) by less than f ≤ 2^s, so that
/// the product exceeds x / f by less than 1 / f. T. Granlund and P. Montgomery, "Division by invariant integers using multiplication", 1994, theorem 4.2.
/// For f = 1 that m has 65 bits; 2^64 − 1 gives x − 1 instead, and the bias makes up for it.
struct EncodingSymbol: Sendable, Equatable {
  /// m.
  private let reciprocal: UInt64
  /// The start of the symbol's range; 65535 more for f = 1.
  private let bias: UInt32
  /// 65536 − f.
  private let complement: UInt16
  /// s − 1.
  private let shift: UInt8

  /// Notes a symbol of frequency 1 to 65536 that begins at cumulative frequency `start`.
  init(start: Int32, frequency: Int32) {
    complement = UInt16(65536 - frequency)
    guard frequency > 1 else {
      (reciprocal, bias, shift) = (.max, UInt32(start) + 65535, 0)
      return
    }
    let shift = UInt8(63 - UInt64(frequency - 1).leadingZeroBitCount)
    reciprocal = UInt64(frequency).dividingFullWidth((1 << UInt64(shift), UInt64(frequency - 1))).quotient
    (self.shift, bias) = (shift, UInt32(start))
  }

  /// The least state that has no room for the symbol, f·2^47.
  @inline(__always) var limit: UInt64 { (1 &<< 63) &- UInt64(complement) &<< 47 }

  /// Returns the state after the symbol, ⌊x / f⌋·2^16 + x mod f + start, for a state x below the limit.
  @inline(__always) func applied(to state: UInt64) -> UInt64 {
    let quotient = state.multipliedFullWidth(by: reciprocal).high &>> UInt64(truncatingIfNeeded: shift)
    return state &+ UInt64(bias) &+ quotient &* UInt64(complement)
  }

  /// The symbols of a row.
  static func all(of row: CodingTables.Row, quantizedCDF: [Int32]) -> [EncodingSymbol] {
    (row.start...(row.start + row.sentinel)).map { place in
      EncodingSymbol(start: quantizedCDF[place], frequency: quantizedCDF[place + 1] - quantizedCDF[place])
    }
  }
}
