/// Division of a coder's state by a symbol's frequency as a product, which takes a third of the time.
///
/// With s = ⌈log₂ f⌉ and m = ⌈2^(63+s) / f⌉ the quotient x / f is ⌊x·m / 2^(63+s)⌋ for all x below 2^63: m·f exceeds 2^(63+s) by less than f ≤ 2^s, so that
/// the product exceeds x / f by less than 1 / f. T. Granlund and P. Montgomery, "Division by invariant integers using multiplication", 1994, theorem 4.2.
enum Reciprocal {
  /// Returns m for a frequency of 2 or more, and 0 for 1.
  static func of(_ frequency: UInt64) -> UInt64 {
    frequency > 1 ? frequency.dividingFullWidth((1 << shift(frequency), frequency - 1)).quotient : 0
  }

  /// Returns the quotient of a state below 2^63 by a frequency of 1 or more.
  @inline(__always) static func quotient(_ state: UInt64, by frequency: UInt64, reciprocal: UInt64) -> UInt64 {
    frequency == 1 ? state : state.multipliedFullWidth(by: reciprocal).high &>> shift(frequency)
  }

  /// s − 1.
  @inline(__always) private static func shift(_ frequency: UInt64) -> UInt64 {
    UInt64(truncatingIfNeeded: 63 &- (frequency &- 1).leadingZeroBitCount)
  }
}

extension CodingTables {
  /// The reciprocals of the frequencies of all symbols, at the places of their entries.
  static func reciprocals(rows: [Row], quantizedCDF: [Int32]) -> [UInt64] {
    var reciprocals = [UInt64](repeating: 0, count: quantizedCDF.count)
    for row in rows {
      for place in row.start...(row.start + row.sentinel) {
        reciprocals[place] = Reciprocal.of(UInt64(quantizedCDF[place + 1] - quantizedCDF[place]))
      }
    }
    return reciprocals
  }
}
