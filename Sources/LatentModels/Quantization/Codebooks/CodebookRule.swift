public import Torch

/// How vectors are brought to the entries of a codebook.
public protocol CodebookRule: Module {
  /// Returns what stands for the vectors in training, and the logarithms of its likelihoods.
  ///
  /// - Parameters:
  ///   - vectors: `[G, K, d]`.
  ///   - noise: draws U(−½, ½) of the vectors' shape.
  /// - Returns: `[G, K, d]` and, in natural logarithms, `[G, K]`.
  func relaxed(_ vectors: Tensor, codebook: Codebook, noise: () throws -> Tensor) throws -> (values: Tensor, logLikelihoods: Tensor)

  /// Returns the number of the entry that codes each vector, int64 `[G, K]`.
  func places(of vectors: Tensor, codebook: Codebook) throws -> Tensor
}

extension CodebookRule {
  /// None.
  public var members: [Member] { [] }

  /// Returns the nearest entry.
  public func places(of vectors: Tensor, codebook: Codebook) throws -> Tensor {
    try codebook.squaredDistances(vectors).placeOfMinimum(over: 2)
  }

  /// Returns ln p of the entries at `places`, `[G, K]`.
  func logLikelihoods(at places: Tensor, codebook: Codebook) throws -> Tensor {
    try codebook.logProbabilities().gathered(along: 1, at: places)
  }
}
