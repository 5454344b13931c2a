/// One curve's rate and quality of the images that both sides of a comparison have, ready to be averaged over any choice of them.
struct PairedCurve {
  let name: String
  /// One list per rate point, one entry per image.
  private let rates: [[Double]]
  private let qualities: [[Double]]
  private let metric: ComparisonMetric
  /// Whether ``qualities`` holds MS-SSIM and the decibels are taken of the mean.
  private let inDecibels: Bool

  /// Nil where an image lacks a value at a point.
  init?(_ curve: MeasuredCurve, images: [String], rate: String, metric: ComparisonMetric) {
    let source =
      metric.key == "ms_ssim_db" && curve.points.allSatisfy { $0.images.allSatisfy { $0.values["ms_ssim"] != nil } }
      ? "ms_ssim" : metric.key
    var rates: [[Double]] = []
    var qualities: [[Double]] = []
    for point in curve.points {
      let byName = Dictionary(point.images.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
      let rows = images.compactMap { byName[$0] }
      let pointRates = rows.compactMap { $0[rate] }
      let pointQualities = rows.compactMap { $0[source] }
      guard pointRates.count == images.count, pointQualities.count == images.count else { return nil }
      rates.append(pointRates)
      qualities.append(pointQualities)
    }
    name = curve.name
    self.rates = rates
    self.qualities = qualities
    self.metric = metric
    inDecibels = source != metric.key
  }

  /// The curve of the weighted means; the weights sum to `total`.
  func averaged(_ weights: [Double], total: Double) throws(BjontegaardError) -> RateQualityCurve {
    try curve { values in
      var sum = 0.0
      for index in weights.indices { sum += weights[index] * values[index] }
      return sum / total
    }
  }

  /// The curve of one image.
  func single(_ image: Int) throws(BjontegaardError) -> RateQualityCurve {
    try curve { $0[image] }
  }

  private func curve(_ value: ([Double]) -> Double) throws(BjontegaardError) -> RateQualityCurve {
    var pairs: [(Double, Double)] = []
    pairs.reserveCapacity(rates.count)
    for (rates, qualities) in zip(rates, qualities) {
      let quality = value(qualities)
      if inDecibels {
        guard let decibels = Decibels.msSSIM(quality) else { continue }
        pairs.append((value(rates), decibels))
      } else {
        pairs.append((value(rates), metric.sign * quality))
      }
    }
    return try RateQualityCurve(name: name, rates: pairs.map { $0.0 }, qualities: pairs.map { $0.1 }).withoutDominatedPoints().curve
  }
}

/// Steele, Lea and Flood's generator SplitMix64 (2014): the same draws for the same seed everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
