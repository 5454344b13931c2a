import Results

/// Where things stand in a plot: the edges of the field and the two scales.
struct PlotFrame {
  let left = 84.0
  let top = 48.0
  let right: Double
  let bottom: Double
  let rateTicks: AxisTicks
  let qualityTicks: AxisTicks

  /// Chooses scales that cover all points; the rate axis begins at 0, or at the smallest rate.
  init(width: Double, height: Double, curves: [[RateQualityCurve.Point]], fromZero: Bool = true) {
    right = width - 24
    bottom = height - 70
    let points = curves.flatMap { $0 }
    let rates = points.map(\.rate)
    let qualities = points.map(\.quality)
    rateTicks = AxisTicks(lowest: fromZero ? min(0, rates.min() ?? 0) : rates.min() ?? 0, highest: rates.max() ?? 1, count: 10)
    qualityTicks = AxisTicks(lowest: qualities.min() ?? 0, highest: qualities.max() ?? 1, count: 8)
  }

  func x(_ rate: Double) -> Double { left + (rate - rateTicks.lower) / (rateTicks.upper - rateTicks.lower) * (right - left) }

  func y(_ quality: Double) -> Double {
    bottom - (quality - qualityTicks.lower) / (qualityTicks.upper - qualityTicks.lower) * (bottom - top)
  }

  func place(_ point: RateQualityCurve.Point) -> (x: Double, y: Double) { (x(point.rate), y(point.quality)) }

  /// The corner of the field (top left point of a box there) where a box covers least of the curves; the lower right one where corners are
  /// equal.
  func emptiestCorner(width: Double, height: Double, curves: [[RateQualityCurve.Point]]) -> (x: Double, y: Double) {
    let margin = 12.0
    let (near, far) = (left + margin, right - margin - width)
    let corners = [(far, bottom - margin - height), (near, top + margin), (far, top + margin), (near, bottom - margin - height)]
    let lines = curves.flatMap { samples(of: $0) }
    let covered = corners.map { corner -> Int in
      let horizontal = (corner.0 - 8)...(corner.0 + width + 8)
      let vertical = (corner.1 - 8)...(corner.1 + height + 8)
      return lines.count { horizontal.contains($0.x) && vertical.contains($0.y) }
    }
    let best = covered.indices.min { covered[$0] < covered[$1] } ?? 0
    return corners[best]
  }

  /// Places along a curve, close together.
  private func samples(of points: [RateQualityCurve.Point]) -> [(x: Double, y: Double)] {
    let places = points.map { place($0) }
    return places
      + zip(places, places.dropFirst()).flatMap { from, to in
        (1..<16).map { (from.x + (to.x - from.x) * Double($0) / 16, from.y + (to.y - from.y) * Double($0) / 16) }
      }
  }

  /// The width of a text, roughly: sans-serif letters are about 0.6 of the font size wide, narrow ones about half of that.
  static func textWidth(_ text: String, size: Double) -> Double {
    text.reduce(0) { $0 + (" .,:;|!ijl'()[]".contains($1) ? 0.36 : $1.isUppercase ? 0.7 : 0.62) } * size
  }
}
