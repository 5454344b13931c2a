/// Why a Bjøntegaard delta does not exist for two curves.
public enum BjontegaardError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A curve has not as many rates as qualities.
  case differentCounts(curve: String, rates: Int, qualities: Int)
  /// A rate that is not above 0, or a number that is not finite.
  case badPoint(curve: String, rate: Double, quality: Double)
  /// A curve has fewer points than the interpolation needs.
  case tooFewPoints(curve: String, count: Int, needed: Int, interpolation: BjontegaardDelta.Interpolation)
  /// Quality does not rise with the rate between two neighbouring points.
  case notMonotonic(curve: String, lower: RateQualityCurve.Point, upper: RateQualityCurve.Point)
  /// The curves have no range of quality (or rate) in common.
  case noOverlap(test: String, testRange: ClosedRange<Double>, anchor: String, anchorRange: ClosedRange<Double>, unit: String)

  /// One sentence with the curve, what is wrong with it and the remedy.
  public var description: String {
    switch self {
    case .differentCounts(let curve, let rates, let qualities):
      "curve '\(curve)' has \(rates) rates and \(qualities) qualities; each rate point needs both"
    case .badPoint(let curve, let rate, let quality):
      "curve '\(curve)' has a point with rate \(rate) and quality \(quality); rates must be above 0 and both finite"
    case .tooFewPoints(let curve, let count, let needed, let interpolation):
      "curve '\(curve)' has \(count) rate points, but \(interpolation.rawValue) needs at least \(needed); measure more"
    case .notMonotonic(let curve, let lower, let upper):
      "quality of curve '\(curve)' does not rise from \(lower.quality) dB at rate \(lower.rate) to \(upper.quality) dB at rate \(upper.rate); "
        + "measure again, or leave one of the two out and say so"
    case .noOverlap(let test, let testRange, let anchor, let anchorRange, let unit):
      "curves '\(test)' (\(testRange.lowerBound) to \(testRange.upperBound) \(unit)) and '\(anchor)' (\(anchorRange.lowerBound) to "
        + "\(anchorRange.upperBound) \(unit)) have no range in common; measure further rate points"
    }
  }
}
