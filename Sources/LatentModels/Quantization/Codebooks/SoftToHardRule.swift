public import Torch

/// Soft assignments to the entries of a codebook that become hard ones in the course of a training.
///
///     φ(v) = softmax_j(−σ·‖v − c_j‖²)     ṽ = Σ_j φ_j(v)·c_j     rate = −Σ_j φ_j(v)·log₂ p_j
///
/// For σ → ∞ ṽ is the nearest entry, which coding takes. Agustsson, Mentzer, Tschannen, Cavigelli, Timofte, Benini, Van Gool, "Soft-to-hard vector
/// quantization for end-to-end learning compressible representations", NeurIPS 2017 (arXiv 1704.00648). As there, p follows how often each entry is the
/// nearest: the logits get the gradient of the rate of the hard assignments, all else that of the soft ones. σ grows by a constant factor each step.
public final class SoftToHardRule: CodebookRule, TrainingStepFollower {
  private let annealing: Annealing
  private var hardness: Double

  /// Creates the rule with the course of σ.
  public init(annealing: Annealing) {
    self.annealing = annealing
    hardness = annealing.value(at: 0)
  }

  /// Takes σ of the step.
  public func follow(step: Int) { hardness = annealing.value(at: step) }

  /// Returns ṽ and Σ φ·ln p.
  public func relaxed(
    _ vectors: Tensor, codebook: Codebook, noise: () throws -> Tensor
  ) throws -> (values: Tensor, logLikelihoods: Tensor) {
    let distances = try codebook.squaredDistances(vectors)
    let assignments = try (distances * -hardness).softmax(over: 2)
    let logarithms = try codebook.logProbabilities()
    let soft = try (assignments * logarithms.detached().reshaped([codebook.groups, 1, codebook.size])).sum(over: [2])
    let hard = try logarithms.gathered(along: 1, at: withoutGradients { try distances.placeOfMinimum(over: 2) })
    return (try assignments.multiplied(byMatrix: codebook.entries.tensor), try soft + (hard - hard.detached()))
  }
}
