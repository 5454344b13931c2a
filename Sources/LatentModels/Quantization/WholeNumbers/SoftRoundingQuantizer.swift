public import Torch

/// Soft rounding and noise that become rounding in the course of a training.
///
/// The rate is that of s_α(y) + u, and the synthesis gets r_α(s_α(y) + u), see ``SoftRounding``, with u ~ U(−½, ½). As α grows, both tend to round(y) + u and
/// round(y): what coding does. Agustsson, Theis, "Universally quantized neural compression", NeurIPS 2020.
public final class SoftRoundingQuantizer: WholeNumberQuantizer, TrainingStepFollower {
  private let annealing: Annealing
  private var rounding: SoftRounding

  /// Creates the quantizer with the course of α.
  public init(annealing: Annealing) {
    self.annealing = annealing
    rounding = SoftRounding(sharpness: annealing.value(at: 0))
  }

  /// Takes α of the step.
  public func follow(step: Int) { rounding = SoftRounding(sharpness: annealing.value(at: step)) }

  /// Returns r_α(s_α(y − c) + u) + c and s_α(y − c) + u + c.
  public func relaxed(_ latent: Tensor, around center: Tensor?, noise: () throws -> Tensor) throws -> RelaxedLatent {
    try rounding.relaxed(latent, around: center, noise: noise())
  }
}

extension SoftRounding {
  /// Returns r_α(s_α(y − c) + u) + c for the synthesis and s_α(y − c) + u + c for the rate.
  func relaxed(_ latent: Tensor, around center: Tensor?, noise: Tensor) throws -> RelaxedLatent {
    let rated = try rounded(center.map { try latent - $0 } ?? latent) + noise
    let values = try undone(rated)
    guard let center else { return RelaxedLatent(values: values, rated: rated) }
    return RelaxedLatent(values: try values + center, rated: try rated + center)
  }
}
