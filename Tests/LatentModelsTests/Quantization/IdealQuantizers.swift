import Foundation

/// What scalar quantizers with ideal entropy coding reach on a source.
struct IdealQuantizers {
  private let values: [Double]  // increasing
  private let sums: [Double]  // of the first so many values
  private let source: KnownSource

  init(_ source: KnownSource, count: Int = 4096) {
    self.source = source
    values = source.samples(count)
    sums = values.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  /// The mass of the cells between borders, and the sum of the values in them.
  private func cells(_ borders: [Double]) -> [(share: Double, sum: Double)] {
    let ends = borders.map { border in
      var (low, high) = (0, values.count)
      while low < high {
        let middle = (low + high) / 2
        if values[middle] < border { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let count = Double(values.count)
    return zip([0] + ends, ends + [values.count]).map { (Double($1 - $0) / count, (sums[$1] - sums[$0]) / count) }
  }

  private static func entropy(_ cells: [(share: Double, sum: Double)]) -> Double {
    -cells.filter { $0.share > 0 }.reduce(0) { $0 + $1.share * log2($1.share) }
  }

  /// Cells with a level for each, which one factor for all of them brings nearest to the source.
  private func points(_ parts: [(borders: [Double], levels: [Double])]) -> RatePoint {
    var (rate, product, square) = (0.0, 0.0, 0.0)
    for part in parts {
      let cells = cells(part.borders)
      rate += Self.entropy(cells) / Double(parts.count)
      for (cell, level) in zip(cells, part.levels) {
        product += cell.sum * level / Double(parts.count)
        square += cell.share * level * level / Double(parts.count)
      }
    }
    let power = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    return RatePoint(rate: rate, distortion: power - product * product / max(square, 1e-12))
  }

  /// Rounding to multiples of a step, after each of `offsets` offsets that are taken away again, within soft rounding of sharpness `alpha`.
  func uniform(step: Double, offsets: Int = 1, alpha: Double? = nil) -> RatePoint {
    let reach = Int((max(-values[0], values[values.count - 1]) / step).rounded(.up)) + 1
    return points(
      (0..<offsets).map { number in
        let shift = (Double(number) + 0.5) / Double(offsets) - 0.5
        let borders = (-reach..<reach).map { Self.unsoftened(Double($0) + 0.5 + shift, alpha) * step }
        // The mean of what soft rounding and noise may have made this of.
        let levels = (-reach...reach).map { whole in (Self.unsoftened(Double(whole) + shift - 0.5, alpha) + 0.5) * step }
        return (borders, levels)
      })
  }

  /// The y whose soft rounding is `value`.
  private static func unsoftened(_ value: Double, _ alpha: Double?) -> Double {
    guard let alpha else { return value }
    let part = min(max(2 * tanh(alpha / 2) * (value - value.rounded(.down) - 0.5), -1 + 1e-9), 1 - 1e-9)
    return value.rounded(.down) + 0.5 + atanh(part) / alpha
  }

  /// The gap of ``uniform(step:offsets:alpha:)`` at a rate.
  func uniformGap(rate: Double, offsets: Int = 1, alpha: Double? = nil) -> Double {
    var (low, high) = (0.05, 12.0)
    for _ in 0..<20 {
      let middle = (low * high).squareRoot()
      if uniform(step: middle, offsets: offsets, alpha: alpha).rate > rate { low = middle } else { high = middle }
    }
    return source.gap(uniform(step: low, offsets: offsets, alpha: alpha))
  }

  /// The quantizer of Lloyd and Max: levels that are the means of what is nearest to them.
  func lloydMax(levels count: Int) -> RatePoint {
    var levels = (0..<count).map { source.quantile((Double($0) + 0.5) / Double(count)) }
    var borders: [Double] = []
    for _ in 0..<400 {
      borders = zip(levels, levels.dropFirst()).map { ($0 + $1) / 2 }
      levels = cells(borders).map { $0.sum / $0.share }
    }
    return points([(borders, levels)])
  }

  /// The gap of Lloyd's and Max's levels at a rate, between those of the numbers of levels whose rates enclose it.
  func lloydMaxGap(rate: Double) -> Double {
    var below = (rate: 0.0, gap: source.gap(RatePoint(rate: 0, distortion: 1)))
    for count in 2...16 {
      let point = lloydMax(levels: count)
      let above = (rate: point.rate, gap: source.gap(point))
      if above.rate >= rate { return below.gap + (above.gap - below.gap) * (rate - below.rate) / (above.rate - below.rate) }
      below = above
    }
    return below.gap
  }

  /// Two cells with a threshold, each told by its mean.
  func twoCells(threshold: Double) -> RatePoint {
    points([([threshold], cells([threshold]).map { $0.sum / $0.share })])
  }
}
