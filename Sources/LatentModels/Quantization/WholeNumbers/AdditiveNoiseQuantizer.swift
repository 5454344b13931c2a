public import Torch

/// Additive uniform noise in place of rounding: ỹ = y + u, u ~ U(−½, ½), for the rate and for the reconstruction.
///
/// Ballé, Laparra, Simoncelli, "End-to-end optimization of nonlinear transform codes for perceptual quality", PCS 2016: the density of ỹ is that of y
/// convolved with a unit box, whose values at the whole numbers are the probabilities of the rounded y.
public final class AdditiveNoiseQuantizer: WholeNumberQuantizer {
  /// Creates the quantizer.
  public init() {}

  /// Returns y + u twice.
  public func relaxed(_ latent: Tensor, around center: Tensor?, noise: () throws -> Tensor) throws -> RelaxedLatent {
    let noisy = try latent + noise()
    return RelaxedLatent(values: noisy, rated: noisy)
  }
}
