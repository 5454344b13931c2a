public import Torch
import Weights

/// One bit for each number, drawn in training with a probability that the number tells.
///
///     b = 1 with probability (1 + tanh v)/2, otherwise −1     ∂b/∂ tanh v = 1
///
/// so that the mean of b is tanh v; coding takes the sign of v. Toderici, O'Malley, Hwang, Vincent, Minnen, Baluja, Covell, Sukthankar, "Variable rate
/// image compression with recurrent neural networks", ICLR 2016 (arXiv 1511.06085). The rate is the mean over the draw,
/// −Σ_b P(b)·log₂ p_b, with a learned p for each channel; the paper counts one bit.
public final class BinarizationRule: CodebookRule {
  /// Creates the rule.
  public init() {}

  /// Returns a codebook of −1 and 1 for each of `channels`, which stay.
  public static func codebook(channels: Int) throws -> Codebook {
    try Codebook(
      entries: Tensor([-1, 1] as [Float], shape: [1, 2, 1]).expanded([channels, 2, 1]).copy(), isTrained: false)
  }

  /// Returns b and the mean of ln p over the draw.
  public func relaxed(
    _ vectors: Tensor, codebook: Codebook, noise: () throws -> Tensor
  ) throws -> (values: Tensor, logLikelihoods: Tensor) {
    let means = try vectors.hyperbolicTangent()  // [C, K, 1]
    let noise = try noise()
    let drawn = try StraightThrough.apply(means) {
      // u < tanh(v)/2 has the probability (1 + tanh v)/2.
      try (means * 0.5 - noise).isAtLeast(Tensor.zeros([], device: means.device)).to(.float32) * 2 - 1
    }
    let positive = try (means + 1) * 0.5
    let probabilities = try Tensor.concatenated([-positive + 1, positive], along: 2)  // [C, K, 2]
    let logarithms = try codebook.logProbabilities().reshaped([codebook.groups, 1, 2])
    return (drawn, try (probabilities * logarithms).sum(over: [2]))
  }
}
