#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rate points of one codec, sorted by rate: what Bjøntegaard deltas are computed from.
public struct RateQualityCurve: Sendable, Equatable {
  /// One rate point.
  public struct Point: Sendable, Equatable {
    /// Bits per pixel, or any rate as long as both curves have the same; above 0.
    public let rate: Double
    /// Quality in dB, higher is better.
    public let quality: Double

    /// Creates a point.
    public init(rate: Double, quality: Double) {
      self.rate = rate
      self.quality = quality
    }
  }

  /// The name used in messages.
  public let name: String
  /// The points, rate rising.
  public let points: [Point]

  /// Creates a curve and sorts its points by rate.
  ///
  /// - Throws: ``BjontegaardError`` for lists of different length, for a rate that is not above 0 and for numbers that are not finite.
  public init(name: String, rates: [Double], qualities: [Double]) throws(BjontegaardError) {
    guard rates.count == qualities.count else {
      throw .differentCounts(curve: name, rates: rates.count, qualities: qualities.count)
    }
    for (rate, quality) in zip(rates, qualities) where !(rate > 0 && rate.isFinite && quality.isFinite) {
      throw .badPoint(curve: name, rate: rate, quality: quality)
    }
    self.init(name: name, points: zip(rates, qualities).map { Point(rate: $0, quality: $1) })
  }

  private init(name: String, points: [Point]) {
    self.name = name
    self.points = points.sorted { ($0.rate, $1.quality) < ($1.rate, $0.quality) }
  }

  /// Returns the curve without the points that another point dominates (no more rate, no less quality), and those points.
  ///
  /// Leaving points out makes a curve look better than it was measured, so it is never done silently: report the second list with the
  /// number.
  public func withoutDominatedPoints() -> (curve: RateQualityCurve, dropped: [Point]) {
    var kept: [Point] = []
    var dropped: [Point] = []
    for point in points {
      if let best = kept.last, best.quality >= point.quality { dropped.append(point) } else { kept.append(point) }
    }
    return (RateQualityCurve(name: name, points: kept), dropped)
  }

  /// Refuses curves whose quality does not rise with the rate, since then rate is no function of quality.
  func checkMonotonic() throws(BjontegaardError) {
    for (lower, upper) in zip(points, points.dropFirst()) where !(upper.quality > lower.quality && upper.rate > lower.rate) {
      throw .notMonotonic(curve: name, lower: lower, upper: upper)
    }
  }

  var logRates: [Double] { points.map { log10($0.rate) } }
  var qualities: [Double] { points.map(\.quality) }
}
