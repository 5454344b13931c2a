import Torch

/// A positive number of each channel for each trained rate, learned as its logarithm.
///
/// Between two rates a number is a^(1 − t)·b^t, which is a line between the logarithms.
final class RateTable {
  /// `[points, C]`, ln.
  let parameter: Parameter

  /// Creates a table that starts with one number for all channels at each rate.
  init(_ numbers: [Double], channels: Int) throws {
    let logarithms = try Tensor(numbers.map { Float($0) }, shape: [numbers.count, 1]).logarithm()
    parameter = try Parameter(logarithms.expanded([numbers.count, channels]).copy())
  }

  /// Returns the numbers of all channels at a place, `[C]`, with gradients.
  func numbers(at interval: RateAxis.Interval) throws -> Tensor {
    let lower = try parameter.tensor.selected(0, interval.lower)
    guard interval.share > 0 else { return try lower.exponential() }
    return try (lower * (1 - interval.share) + parameter.tensor.selected(0, interval.upper) * interval.share).exponential()
  }
}
