/// One curve against an anchor: Bjøntegaard deltas, what they rest on and how sure they are.
public struct CurveComparison: Sendable, Equatable {
  /// How to compare.
  public struct Options: Sendable, Equatable {
    /// The measure.
    public var metric = ComparisonMetric("psnr")
    /// How curves run between their points.
    public var method = BjontegaardDelta.Interpolation.pchip
    /// The number of resamplings behind the interval.
    public var draws = 2000
    /// The seed of the resampling.
    public var seed = 0

    /// Creates the default options.
    public init() {}
  }

  /// One image.
  public struct ImageRow: Sendable, Equatable {
    /// The image's name without its ending.
    public let name: String
    /// BD-rate in percent; nil where it does not exist.
    public let rate: Double?
    /// BD-quality in the measure's unit; nil where it does not exist.
    public let quality: Double?
    /// Why a value is missing.
    public let reason: String?
  }

  /// The curve's name.
  public let name: String
  /// BD-rate in percent, negative where the curve needs less; nil where it does not exist.
  public internal(set) var rate: Double?
  /// BD-quality in the measure's own unit and sign; nil where it does not exist.
  public internal(set) var quality: Double?
  /// The range of quality that the BD-rate covers, in the measure's own unit and sign; nil where there is none.
  public internal(set) var range: ClosedRange<Double>?
  /// The share of the curve's quality range that the anchor covers too, 0 to 1.
  public internal(set) var overlap: Double?
  /// The key of the rate: `bpp_file` or `bpp`.
  public let rateKey: String
  /// The 95 % interval of the BD-rate from resampled images; nil without images of both.
  public internal(set) var interval: ClosedRange<Double>?
  /// The images that both sides have; empty without per-image data.
  public internal(set) var images: [ImageRow] = []
  /// The other interpolation's BD-rate where it differs by more than half a point.
  public internal(set) var second: BjontegaardDelta?
  /// Why there is no BD-rate, with the remedy.
  public internal(set) var problem: String?
  /// What a reader must know.
  public internal(set) var warnings: [String] = []

  /// The number of images whose BD-rate is below 0; nil without per-image data.
  public var imagesBetter: Int? { images.isEmpty ? nil : images.count { ($0.rate ?? 0) < 0 } }

  /// The mean of the per-image BD-rates in percent: another number than the BD-rate of the mean curves; nil without any.
  public var meanRate: Double? {
    let rates = images.compactMap(\.rate)
    return rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)
  }

  /// Compares `test` with `anchor`.
  public init(_ test: MeasuredCurve, against anchor: MeasuredCurve, _ options: Options = Options()) {
    name = test.name
    let files = [test, anchor].allSatisfy { $0.points.allSatisfy { $0.values["bpp_file"] != nil } }
    rateKey = files ? "bpp_file" : "bpp"
    if !files, test.rateKind != anchor.rateKind {
      warnings.append(
        "'\(test.name)' counts \(Self.words(test.rateKind)) and '\(anchor.name)' \(Self.words(anchor.rateKind)); "
          + "headers of small files can be some percent: compare files with files")
    }
    for curve in [test, anchor] {
      let lacking = curve.points.filter { $0.values[options.metric.key] == nil }.map(\.label)
      if lacking.count == curve.points.count {
        problem =
          "'\(curve.name)' has no '\(options.metric.key)'; it has \(curve.metrics.joined(separator: ", ")): choose one of these, or measure it"
        return
      }
      if !lacking.isEmpty {
        warnings.append("'\(curve.name)' has no '\(options.metric.key)' at \(lacking.joined(separator: ", ")): left out")
      }
    }
    let pairing = ImagePairing(test, anchor, rate: rateKey, metric: options.metric)
    warnings += pairing.warnings
    do throws(BjontegaardError) {
      if let curves = pairing.curves {
        measure(curves.0, curves.1, options)
      } else {
        let (mine, other) = (try means(test, options.metric), try means(anchor, options.metric))
        measure(mine, other, options)
      }
    } catch {
      problem = "\(error)"
      return
    }
    if let pair = pairing.pair { measureImages(pair.test, pair.anchor, pairing.names, options) }
  }

  private static func words(_ kind: MeasuredCurve.RateKind) -> String {
    switch kind {
    case .file: "whole files"
    case .payload: "payload without headers"
    case .unknown: "bits its source does not specify"
    }
  }

  /// The curve of the means that stand in the file.
  private mutating func means(_ curve: MeasuredCurve, _ metric: ComparisonMetric) throws(BjontegaardError) -> RateQualityCurve {
    let points = curve.points.compactMap { point in
      point.values[metric.key].flatMap { value in point.values[rateKey].map { ($0, metric.sign * value) } }
    }
    let all = try RateQualityCurve(name: curve.name, rates: points.map { $0.0 }, qualities: points.map { $0.1 })
    let (kept, dropped) = all.withoutDominatedPoints()
    let bad = dropped.filter { !kept.points.contains($0) }
    if !bad.isEmpty {
      let list = bad.map { "\($0.rate) bpp (\(metric.sign * $0.quality))" }.joined(separator: ", ")
      warnings.append("'\(curve.name)': another point has no more rate and no less quality than \(list); left out, measure again")
    }
    return kept
  }

  /// Sets the deltas of the whole set.
  private mutating func measure(_ test: RateQualityCurve, _ anchor: RateQualityCurve, _ options: Options) {
    do throws(BjontegaardError) {
      let delta = try BjontegaardDelta.rate(of: test, against: anchor, interpolation: options.method)
      rate = delta.value
      let (low, high) = (delta.overlap.lowerBound, delta.overlap.upperBound)
      range = options.metric.lowerIsBetter ? -high...(-low) : low...high
      let share = Self.share(delta.overlap, of: test)
      overlap = share
      if share < 0.75 {
        warnings.append(
          "'\(test.name)': the anchor covers only \(Int((share * 100).rounded())) % of its quality range; measure more rate points of either"
        )
      }
    } catch {
      problem = "\(error)"
      return
    }
    if let delta = try? BjontegaardDelta.quality(of: test, against: anchor, interpolation: options.method) {
      quality = options.metric.sign * delta.value
    }
    let other: BjontegaardDelta.Interpolation = options.method == .pchip ? .akima : .pchip
    if let rate, let delta = try? BjontegaardDelta.rate(of: test, against: anchor, interpolation: other), abs(delta.value - rate) > 0.5 {
      second = delta
      warnings.append(
        "'\(test.name)': \(options.method.rawValue) and \(other.rawValue) differ by more than half a point; the curve has too few points or a dent"
      )
    }
  }

  private static func share(_ overlap: ClosedRange<Double>, of curve: RateQualityCurve) -> Double {
    let qualities = curve.points.map(\.quality)
    guard let low = qualities.min(), let high = qualities.max(), high > low else { return 0 }
    return (overlap.upperBound - overlap.lowerBound) / (high - low)
  }
}
