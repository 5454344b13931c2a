public import Torch

/// Rounding with the gradient of the identity: ŷ = round(y − c) + c, ∂ŷ/∂y = 1, for the rate and for the reconstruction.
///
/// Theis, Shi, Cunningham, Huszár, "Lossy image compression with compressive autoencoders", ICLR 2017, section 2.1.
public final class StraightThroughQuantizer: WholeNumberQuantizer {
  /// Creates the quantizer.
  public init() {}

  /// True.
  public var roundsInTraining: Bool { true }

  /// Returns the rounded latent twice; no noise is drawn.
  public func relaxed(_ latent: Tensor, around center: Tensor?, noise: () throws -> Tensor) throws -> RelaxedLatent {
    let rounded = try StraightThrough.rounded(latent, around: center)
    return RelaxedLatent(values: rounded, rated: rounded)
  }
}
