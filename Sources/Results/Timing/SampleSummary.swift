/// What repeated measurements of one number say; none is left out.
public struct SampleSummary: Codable, Sendable, Equatable {
  /// The number of samples.
  public let count: Int
  /// The median.
  public let median: Double
  /// The mean.
  public let mean: Double
  /// The standard deviation, of n − 1; null for one sample.
  @OrNull public var standardDeviation: Double?
  /// The 5th percentile, interpolated between the samples.
  public let p5: Double
  /// The 95th percentile, interpolated between the samples.
  public let p95: Double
  /// The smallest sample.
  public let minimum: Double
  /// The largest sample.
  public let maximum: Double
  /// The interval of the median at 95 % or more; null for fewer than six samples.
  @OrNull public var medianInterval: MedianInterval?

  enum CodingKeys: String, CodingKey {
    case count, median, mean, p5, p95, minimum, maximum
    case standardDeviation = "standard_deviation"
    case medianInterval = "median_interval"
  }

  /// Summarises samples; nil where there are none.
  public init?(_ samples: [Double]) {
    guard !samples.isEmpty else { return nil }
    let sorted = samples.sorted()
    count = sorted.count
    median = Self.quantile(sorted, 0.5)
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    self.mean = mean
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    _standardDeviation = OrNull(wrappedValue: sorted.count > 1 ? (squares / Double(sorted.count - 1)).squareRoot() : nil)
    p5 = Self.quantile(sorted, 0.05)
    p95 = Self.quantile(sorted, 0.95)
    minimum = sorted[0]
    maximum = sorted[sorted.count - 1]
    _medianInterval = OrNull(wrappedValue: MedianInterval(samples))
  }

  /// Returns a quantile of sorted numbers by linear interpolation between them.
  public static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    precondition(!sorted.isEmpty, "a quantile needs a sample")
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
