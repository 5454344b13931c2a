public import Results

/// Variations whose training was repeated with several seeds, in pairs.
///
/// The values of a variation are its BD-rates against the anchor, one for each seed. The interval of the difference of two means is Welch's
/// (1947), with the level of each raised so that all hold together at 95 % (Bonferroni).
public struct SeedDeltas: Sendable, Equatable {
  /// The variations with the BD-rates of their trainings in percent.
  public let variations: [(name: String, values: [Double])]
  /// The pairs; the rate of a pair is the difference of the mean BD-rates, in points of percent.
  public let pairs: [PairwiseDeltas.Pair]

  /// Compares variations that have two trainings or more; others have no intervals.
  public init(_ variations: [(name: String, values: [Double])]) {
    self.variations = variations
    let places = variations.indices.flatMap { first in
      (first + 1..<max(variations.count, first + 1)).map { (first, $0) }
    }
    let level = 1 - 0.05 / Double(max(places.count, 1))
    pairs = places.map { first, second in
      let (one, other) = (variations[first].values, variations[second].values)
      let rate = one.isEmpty || other.isEmpty ? nil : Self.mean(one) - Self.mean(other)
      let half = Self.halfWidth(one, other, level: level)
      return PairwiseDeltas.Pair(
        first: first, second: second, rate: rate, interval: rate.flatMap { rate in half.map { (rate - $0)...(rate + $0) } })
    }
  }

  /// Whether both have the same variations and values.
  public static func == (left: SeedDeltas, right: SeedDeltas) -> Bool {
    left.pairs == right.pairs && left.variations.map(\.name) == right.variations.map(\.name)
      && left.variations.map(\.values) == right.variations.map(\.values)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The square of the standard error of the mean.
  private static func squaredError(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1) / Double(values.count)
  }

  private static func halfWidth(_ one: [Double], _ other: [Double], level: Double) -> Double? {
    guard one.count > 1, other.count > 1 else { return nil }
    let (first, second) = (squaredError(one), squaredError(other))
    guard first + second > 0 else { return nil }
    let degrees =
      (first + second) * (first + second)
      / (first * first / Double(one.count - 1) + second * second / Double(other.count - 1))
    return StudentT.quantile((1 + level) / 2, degreesOfFreedom: degrees) * (first + second).squareRoot()
  }
}
