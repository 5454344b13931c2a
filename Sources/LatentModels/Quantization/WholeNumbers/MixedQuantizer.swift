public import Torch

/// Noise for the rate, rounding with the gradient of the identity for the reconstruction.
///
/// The entropy model learns from y + u, u ~ U(−½, ½), and the synthesis from round(y − c) + c. Minnen, Singh, "Channel-wise autoregressive entropy models
/// for learned image compression", ICIP 2020.
public final class MixedQuantizer: WholeNumberQuantizer {
  /// Creates the quantizer.
  public init() {}

  /// True.
  public var roundsInTraining: Bool { true }

  /// Returns the rounded latent for the synthesis and the noisy one for the rate.
  public func relaxed(_ latent: Tensor, around center: Tensor?, noise: () throws -> Tensor) throws -> RelaxedLatent {
    RelaxedLatent(values: try StraightThrough.rounded(latent, around: center), rated: try latent + noise())
  }
}
