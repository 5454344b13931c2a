/// Every curve of a set against every other, with intervals that hold for all pairs together.
///
/// All pairs are measured over the same resampled images. The half-width of an interval is its standard error times one factor for all pairs,
/// the 95 % quantile over the resamplings of the greatest standardised deviation of any pair (the single-step maximum method of Westfall and
/// Young, Resampling-Based Multiple Testing, 1993), widened as Student's t is against the normal distribution for few images. With a
/// probability of about 95 % no interval misses its value, so that none of the verdicts needs to be adjusted any further.
public struct PairwiseDeltas: Sendable, Equatable {
  /// What can be said of two curves.
  public enum Verdict: String, Sendable, Equatable, Encodable {
    /// The interval lies below 0.
    case firstNeedsLess = "first_needs_less"
    /// The interval lies above 0.
    case secondNeedsLess = "second_needs_less"
    /// The interval holds 0.
    case notToldApart = "not_told_apart"
    /// There is no BD-rate, or no interval.
    case unknown
  }

  /// Two curves.
  public struct Pair: Sendable, Equatable {
    /// The place of the one curve.
    public let first: Int
    /// The place of the other, a greater number.
    public let second: Int
    /// The BD-rate of the first against the second in percent; nil where it does not exist.
    public let rate: Double?
    /// The interval in percent; nil where there is none.
    public let interval: ClosedRange<Double>?

    /// Creates a pair.
    public init(first: Int, second: Int, rate: Double?, interval: ClosedRange<Double>?) {
      (self.first, self.second, self.rate, self.interval) = (first, second, rate, interval)
    }

    /// What the interval says.
    public var verdict: Verdict {
      guard let interval else { return .unknown }
      return interval.upperBound < 0 ? .firstNeedsLess : interval.lowerBound > 0 ? .secondNeedsLess : .notToldApart
    }
  }

  /// The names of the curves.
  public let names: [String]
  /// The pairs: 0 and 1, 0 and 2, …, 1 and 2, ….
  public let pairs: [Pair]
  /// The number of images that all curves have.
  public let imageCount: Int
  /// The number of resamplings.
  public let draws: Int

  /// Gathers pairs that were found elsewhere.
  public init(names: [String], pairs: [Pair], imageCount: Int, draws: Int) {
    (self.names, self.pairs, self.imageCount, self.draws) = (names, pairs, imageCount, draws)
  }

  /// Compares curves in pairs; without at least two images that all of them have there are BD-rates and no intervals.
  ///
  /// - Parameter center: the place of the curve that all others are compared with; nil compares each with each.
  public init(_ curves: [MeasuredCurve], _ options: CurveComparison.Options = .init(), center: Int? = nil) {
    names = curves.map(\.name)
    let files = curves.allSatisfy { $0.points.allSatisfy { $0.values["bpp_file"] != nil } }
    let rate = files ? "bpp_file" : "bpp"
    let places = curves.indices.flatMap { first in (first + 1..<max(curves.count, first + 1)).map { (first, $0) } }
      .filter { pair in center.map { $0 == pair.0 || $0 == pair.1 } ?? true }
    let common = Self.commonImages(curves)
    let paired = curves.compactMap { PairedCurve($0, images: common, rate: rate, metric: options.metric) }
    guard common.count > 1, paired.count == curves.count else {
      let means = curves.map { curve in
        let points = curve.points.compactMap { point in
          point.values[options.metric.key].flatMap { value in point.values[rate].map { ($0, options.metric.sign * value) } }
        }
        return try? RateQualityCurve(name: curve.name, rates: points.map { $0.0 }, qualities: points.map { $0.1 }).withoutDominatedPoints()
          .curve
      }
      pairs = places.map { Pair(first: $0, second: $1, rate: Self.delta(means[$0], means[$1], options), interval: nil) }
      (imageCount, draws) = (common.count, 0)
      return
    }
    (imageCount, draws) = (common.count, options.draws)
    let rates = Self.rates(paired, weights: [Double](repeating: 1, count: common.count), places, options)
    let samples = Self.samples(paired, count: common.count, places, options)
    let intervals = Self.intervals(rates, samples, imageCount: common.count)
    pairs = zip(places, zip(rates, intervals)).map { Pair(first: $0.0, second: $0.1, rate: $1.0, interval: $1.1) }
  }

  /// The images that every point of every curve has, in the order of the first curve.
  private static func commonImages(_ curves: [MeasuredCurve]) -> [String] {
    let lists = curves.flatMap { $0.points.map { $0.images.map(\.name) } }
    guard let first = lists.first else { return [] }
    let common = lists.dropFirst().reduce(Set(first)) { $0.intersection($1) }
    return first.filter(common.contains)
  }

  private static func delta(
    _ first: RateQualityCurve?, _ second: RateQualityCurve?, _ options: CurveComparison.Options
  ) -> Double? {
    guard let first, let second else { return nil }
    return try? BjontegaardDelta.rate(of: first, against: second, interpolation: options.method).value
  }

  private static func rates(
    _ curves: [PairedCurve], weights: [Double], _ places: [(Int, Int)], _ options: CurveComparison.Options
  ) -> [Double?] {
    let total = weights.reduce(0, +)
    let means = curves.map { try? $0.averaged(weights, total: total) }
    return places.map { delta(means[$0], means[$1], options) }
  }

  private static func samples(
    _ curves: [PairedCurve], count: Int, _ places: [(Int, Int)], _ options: CurveComparison.Options
  ) -> [[Double?]] {
    var random = SplitMix64(seed: options.seed)
    return (0..<options.draws).map { _ in
      var weights = [Double](repeating: 0, count: count)
      for _ in 0..<count { weights[Int.random(in: 0..<count, using: &random)] += 1 }
      return rates(curves, weights: weights, places, options)
    }
  }

  /// An interval for each pair that has a value in at least 95 of 100 resamplings.
  static func intervals(_ rates: [Double?], _ samples: [[Double?]], imageCount: Int) -> [ClosedRange<Double>?] {
    let errors = rates.indices.map { pair -> Double? in
      let values = samples.compactMap { $0[pair] }
      guard rates[pair] != nil, values.count > 1, Double(values.count) >= 0.95 * Double(samples.count) else { return nil }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
      // A resampled mean varies as if divided by n instead of n − 1.
      return (variance * Double(imageCount) / Double(imageCount - 1)).squareRoot()
    }
    let greatest = samples.map { sample in
      errors.indices.reduce(0) { most, pair in
        guard let error = errors[pair], error > 0, let rate = rates[pair], let value = sample[pair] else { return most }
        return max(most, abs(value - rate) / error)
      }
    }.sorted()
    guard !greatest.isEmpty else { return rates.map { _ in nil } }
    let normal = 1.959963984540054
    let factor =
      SampleSummary.quantile(greatest, 0.95) * StudentT.quantile975(degreesOfFreedom: imageCount - 1) / normal
    return rates.indices.map { pair in
      guard let rate = rates[pair], let error = errors[pair] else { return nil }
      return (rate - factor * error)...(rate + factor * error)
    }
  }
}
