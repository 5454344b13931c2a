import Torch

/// How gradients are kept small, with the names of Lightning's `gradient_clip_algorithm`.
public enum GradientClipAlgorithm: String, Codable, CaseIterable, Sendable {
  /// All gradients are scaled so that their total norm is at most the limit, as PyTorch's `clip_grad_norm_`.
  case norm
  /// Each number is limited to ± the limit, as PyTorch's `clip_grad_value_`.
  case value
}

/// A limit of the gradients of the main optimiser.
public struct GradientClipping: Sendable, Equatable {
  /// The limit, positive.
  public let limit: Double
  /// What is limited.
  public let algorithm: GradientClipAlgorithm

  /// Creates a limit.
  public init(limit: Double, algorithm: GradientClipAlgorithm = .norm) {
    self.limit = limit
    self.algorithm = algorithm
  }

  /// Limits the gradients of `parameters`; returns their total norm before, as a number.
  @discardableResult
  public func apply(to parameters: OptimizedParameters) throws -> Double {
    let gradients = try parameters.withGradients().gradients
    guard !gradients.isEmpty else { return 0 }
    let norm = try Tensor.totalNorm(of: gradients).item()
    switch algorithm {
    case .norm:
      let factor = limit / (norm + 1e-6)
      if factor < 1 { try Tensor.scale(gradients, by: factor) }
    case .value:
      try Tensor.limit(gradients, to: limit)
    }
    return norm
  }
}
