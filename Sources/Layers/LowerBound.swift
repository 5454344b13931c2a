public import Torch

/// Keeping numbers above a bound without losing the gradients that lead away from it.
public enum LowerBound {
  /// Returns max(x, bound), element by element.
  ///
  /// The gradient passes where x ≥ bound, and below it where it is negative, that is where a descent step would push x up. The rule is that of
  /// `LowerBound` in CompressAI and TensorFlow Compression; the papers do not state it.
  ///
  /// - Parameter bound: a tensor that is broadcast to the shape of `x`.
  public static func apply(_ x: Tensor, bound: Tensor) throws -> Tensor {
    let results = try CustomFunction.apply([x]) {
      [try x.maximum(bound)]
    } backward: { gradients in
      guard let gradient = gradients.first ?? nil else { return [nil] }
      let passes = try x.isAtLeast(bound).or(gradient.isLess(than: 0))
      return [try gradient * passes]
    }
    return results[0]
  }
}
