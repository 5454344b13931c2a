public import Torch

/// The entry with the least sum of bits and weighted error: entropy-constrained vector quantization, trained by gradients.
///
///     k(v) = argmin_j (−log₂ p_j + λ·‖v − c_j‖²)
///
/// The rate is −log₂ p_k, whose gradient moves the probabilities, and the reconstruction c_k, whose gradient moves the entry and goes straight through to v.
/// Chou, Lookabaugh, Gray (IEEE Trans. ASSP 37(1), 1989) alternate between assignments, centroids and code lengths; Ballé, Chou, Minnen, Singh,
/// Johnston, Agustsson, Hwang, Toderici, "Nonlinear transform coding", IEEE J. Sel. Topics Signal Process. 15(2), 2021 (arXiv 2007.03034) descend the
/// same objective with gradients.
public final class EntropyConstrainedRule: CodebookRule {
  private let weight: Double

  /// Creates the rule with λ, in bits for each squared unit of the latent.
  public init(weight: Double) { self.weight = weight }

  /// Returns the entry with the least cost.
  public func places(of vectors: Tensor, codebook: Codebook) throws -> Tensor {
    let bits = try (codebook.logProbabilities() * (-1 / Self.logarithmOf2)).reshaped([codebook.groups, 1, codebook.size])
    return try (codebook.squaredDistances(vectors) * weight + bits).placeOfMinimum(over: 2)
  }

  /// Returns the entries with their gradients and ln p.
  public func relaxed(
    _ vectors: Tensor, codebook: Codebook, noise: () throws -> Tensor
  ) throws -> (values: Tensor, logLikelihoods: Tensor) {
    let places = try withoutGradients { try self.places(of: vectors, codebook: codebook) }
    let values = try codebook.entries(at: places) + (vectors - vectors.detached())
    return (values, try logLikelihoods(at: places, codebook: codebook))
  }

  private static let logarithmOf2 = 0.693_147_180_559_945_3
}
