#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The mean distance of two rate–distortion curves (Bjøntegaard, VCEG-M33, 2001), one number over the range both curves cover.
///
/// Both curves are interpolated with log10 of the rate on one axis; the difference of the integrals over the common range, divided by its
/// length, is the
/// mean difference. The integrals of the piecewise polynomials are exact. Curves whose quality does not rise with the rate are refused:
/// sorting
/// them away would hide a bad point (``RateQualityCurve/withoutDominatedPoints()`` leaves such points out where the caller says so).
public struct BjontegaardDelta: Sendable, Equatable {
  /// How the curve runs between its points.
  public enum Interpolation: String, Sendable, Equatable, CaseIterable, Codable {
    /// Piecewise cubic Hermite that keeps monotonic data monotonic (Fritsch and Butland, 1984); the default, needs 2 points.
    case pchip
    /// Akima's piecewise cubic (1970); a second opinion, needs 4 points.
    case akima
    /// One cubic polynomial as in the original paper, least squares where there are more than four points; for comparison with old numbers,
    /// needs 4 points.
    case cubic

    /// The least number of points a curve needs.
    public var minimumPoints: Int { self == .pchip ? 2 : 4 }
  }

  /// The delta: percent of rate for ``rate(of:against:interpolation:)``, dB for ``quality(of:against:interpolation:)``.
  public let value: Double
  /// The range both curves cover: quality in dB for a rate delta, rate (not its logarithm) for a quality delta.
  public let overlap: ClosedRange<Double>
  /// How the curves were interpolated.
  public let interpolation: Interpolation

  /// Returns the BD-rate: by how many percent the rate of `test` differs from that of `anchor` at equal quality; negative means that `test`
  /// needs less.
  ///
  /// - Throws: ``BjontegaardError`` for too few points, quality that does not rise with the rate, and curves without common quality.
  public static func rate(
    of test: RateQualityCurve, against anchor: RateQualityCurve, interpolation: Interpolation = .pchip
  ) throws(BjontegaardError) -> BjontegaardDelta {
    for curve in [test, anchor] { try check(curve, interpolation) }
    let overlap = try commonRange(test, test.qualities, anchor, anchor.qualities, unit: "dB") { $0 }
    let mean = meanDifference(
      curve(test.qualities, test.logRates, interpolation), curve(anchor.qualities, anchor.logRates, interpolation), over: overlap)
    return BjontegaardDelta(value: (pow(10, mean) - 1) * 100, overlap: overlap, interpolation: interpolation)
  }

  /// Returns the BD-quality (BD-PSNR where quality is PSNR): by how many dB the quality of `test` differs from that of `anchor` at equal
  /// rate.
  ///
  /// - Throws: ``BjontegaardError`` for too few points, quality that does not rise with the rate, and curves without common rate.
  public static func quality(
    of test: RateQualityCurve, against anchor: RateQualityCurve, interpolation: Interpolation = .pchip
  ) throws(BjontegaardError) -> BjontegaardDelta {
    for curve in [test, anchor] { try check(curve, interpolation) }
    let overlap = try commonRange(test, test.logRates, anchor, anchor.logRates, unit: "bpp") { pow(10, $0) }
    let mean = meanDifference(
      curve(test.logRates, test.qualities, interpolation), curve(anchor.logRates, anchor.qualities, interpolation), over: overlap)
    return BjontegaardDelta(value: mean, overlap: pow(10, overlap.lowerBound)...pow(10, overlap.upperBound), interpolation: interpolation)
  }

  private static func check(_ curve: RateQualityCurve, _ interpolation: Interpolation) throws(BjontegaardError) {
    guard curve.points.count >= interpolation.minimumPoints else {
      throw .tooFewPoints(curve: curve.name, count: curve.points.count, needed: interpolation.minimumPoints, interpolation: interpolation)
    }
    try curve.checkMonotonic()
  }

  private static func curve(_ x: [Double], _ y: [Double], _ interpolation: Interpolation) -> PiecewiseCubic {
    switch interpolation {
    case .pchip: .pchip(x: x, y: y)
    case .akima: .akima(x: x, y: y)
    case .cubic: .leastSquares(x: x, y: y)
    }
  }

  /// The range both sorted lists cover; `shown` turns a bound into what the message says.
  private static func commonRange(
    _ test: RateQualityCurve, _ testValues: [Double], _ anchor: RateQualityCurve, _ anchorValues: [Double], unit: String,
    shown: (Double) -> Double
  ) throws(BjontegaardError) -> ClosedRange<Double> {
    let testRange = testValues[0]...testValues[testValues.count - 1]
    let anchorRange = anchorValues[0]...anchorValues[anchorValues.count - 1]
    let lower = max(testRange.lowerBound, anchorRange.lowerBound)
    let upper = min(testRange.upperBound, anchorRange.upperBound)
    guard lower < upper else {
      throw .noOverlap(
        test: test.name, testRange: shown(testRange.lowerBound)...shown(testRange.upperBound), anchor: anchor.name,
        anchorRange: shown(anchorRange.lowerBound)...shown(anchorRange.upperBound), unit: unit)
    }
    return lower...upper
  }

  private static func meanDifference(_ test: PiecewiseCubic, _ anchor: PiecewiseCubic, over range: ClosedRange<Double>) -> Double {
    (test.integral(over: range) - anchor.integral(over: range)) / (range.upperBound - range.lowerBound)
  }
}
