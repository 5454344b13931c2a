import EntropyCoding
import Torch
import Weights

extension EntropyBottleneck {
  /// Computes the coder's tables from the present densities and quantiles.
  ///
  /// A channel's table covers the whole numbers from its lower to its upper quantile, counted from its median; what is outside is escaped. The
  /// probabilities are computed in 32 bits and quantised as CompressAI does, so that the payloads agree.
  ///
  /// - Throws: an error when a density is not finite, as after a training that diverged.
  public func updateTables() throws {
    try withoutGradients {
      let spans = try spans()
      let longest = spans.map(\.count).max() ?? 1
      let starts = try Tensor(spans.map(\.first), shape: [channels, 1, 1])
      let width = try Tensor(intervalWidths(), shape: [channels, 1, 1])
      let samples = try Tensor.range(longest).reshaped([1, 1, longest]) * width + starts  // [C, 1, K]
      let lower = try cumulativeLogits(samples - width * 0.5)
      let upper = try cumulativeLogits(samples + width * 0.5)
      let probabilities = try (upper.sigmoid() - lower.sigmoid()).elements(Float.self)
      let below = try lower.narrowed(2, from: 0, length: 1).sigmoid()
      let above = try (-upper.narrowed(2, from: longest - 1, length: 1)).sigmoid()
      let tails = try (below + above).elements(Float.self)
      let rows = try spans.indices.map { channel in
        let start = channel * longest
        return try QuantizedCDF.make(pmf: Array(probabilities[start..<start + spans[channel].count]) + [tails[channel]])
      }
      try setTables(CodingTables(rows: rows, offsets: spans.map { -$0.minimum }))
    }
  }

  struct Span {
    let minimum: Int32  // how many whole numbers below the median
    let count: Int
    let first: Float  // the value of the first sample
  }

  /// Δ of each channel.
  private func intervalWidths() throws -> [Float] {
    let widths = try width?.detached().elements(Float.self) ?? [1]
    return widths.count == 1 ? [Float](repeating: widths[0], count: channels) : widths
  }

  /// What the table of each channel covers.
  func spans() throws -> [Span] {
    let widths = try intervalWidths()
    let values = try quantiles.tensor.detached().elements(Float.self)
    return try (0..<channels).map { channel in
      let width = widths[channel]
      let (lower, median, upper) = (values[3 * channel], values[3 * channel + 1], values[3 * channel + 2])
      let below = max(0, ((median - lower) / width).rounded(.up))
      let above = max(0, ((upper - median) / width).rounded(.up))
      guard below.isFinite, above.isFinite, below + above < 65_000 else {
        throw LatentModelError.notCodable(reason: "the quantiles of channel \(channel) are \(lower), \(median), \(upper)")
      }
      return Span(minimum: Int32(below), count: Int(below + above) + 1, first: median - below * width)
    }
  }
}
