/// Cumulative frequencies of 16 bits from probabilities.
public enum QuantizedCDF {
  /// Returns the cumulative frequencies of a distribution, one more than there are probabilities.
  ///
  /// The last probability is the one of the sentinel (the mass of the tails). The result runs from 0 to 65536 and increases strictly:
  /// every symbol gets at least one count, taken from the first of those symbols that have fewest counts but more than one.
  /// The steps, and the 32-bit product in the first, are those of CompressAI (Bégaint et al. 2020), so that the tables are equal bit for bit.
  ///
  /// - Parameter pmf: 1 to 65536 probabilities. They need not add up to 1.
  /// - Throws: ``EntropyCodingError`` when there are none or too many, when one is negative or not finite, or when all vanish at 16 bits.
  public static func make(pmf: some Collection<Float>) throws(EntropyCodingError) -> [Int32] {
    let counts = try roundedCounts(pmf)
    let total = counts.reduce(0, +)
    guard total > 0 else { throw .probabilitiesVanish }
    var cumulative: [Int32] = [0]
    cumulative.reserveCapacity(counts.count + 1)
    var sum: UInt64 = 0
    for count in counts {
      sum += (count << 16) / total
      cumulative.append(Int32(sum))
    }
    // What the divisions cut off goes to the sentinel.
    cumulative[counts.count] = 65536
    for symbol in counts.indices where cumulative[symbol] == cumulative[symbol + 1] {
      moveOneCount(to: symbol, in: &cumulative)
    }
    return cumulative
  }

  private static func roundedCounts(_ pmf: some Collection<Float>) throws(EntropyCodingError) -> [UInt64] {
    guard (1...65536).contains(pmf.count) else { throw .probabilityCount(pmf.count) }
    var counts: [UInt64] = []
    counts.reserveCapacity(pmf.count)
    for probability in pmf {
      // The bound leaves room for 32-bit counts; it also refuses values that are not a number.
      guard probability >= 0, probability < 65536 else { throw .probability(position: counts.count, value: probability) }
      counts.append(UInt64((probability * 65536).rounded(.toNearestOrAwayFromZero)))
    }
    return counts
  }

  private static func moveOneCount(to symbol: Int, in cumulative: inout [Int32]) {
    cumulative.withUnsafeMutableBufferPointer { entries in
      var donor = -1
      var fewest = Int32.max
      for candidate in 0..<(entries.count - 1) {
        let count = entries[candidate + 1] - entries[candidate]
        guard count > 1, count < fewest else { continue }
        donor = candidate
        fewest = count
        if count == 2 { break }
      }
      // At most 65535 other symbols share 65536 counts, so one of them has two.
      precondition(donor >= 0, "no symbol has a count to give")
      if donor < symbol {
        for index in (donor + 1)...symbol { entries[index] -= 1 }
      } else {
        for index in (symbol + 1)...donor { entries[index] += 1 }
      }
    }
  }
}
