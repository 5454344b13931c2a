public import Torch

/// Operations whose gradient is that of the identity.
public enum StraightThrough {
  /// Returns what `forward` makes of `input` with the gradient of the identity: ∂/∂input = 1.
  ///
  /// - Parameter forward: gives a tensor of the input's shape; nothing in it is recorded.
  public static func apply(_ input: Tensor, _ forward: () throws -> Tensor) throws -> Tensor {
    try CustomFunction.apply([input]) {
      [try forward()]
    } backward: {
      $0
    }[0]
  }

  /// Returns round(y − c) + c with the gradient of y; none goes to the centre c, since its two parts cancel.
  ///
  /// - Parameter center: c, broadcast to the latent; nil for zero.
  public static func rounded(_ latent: Tensor, around center: Tensor?) throws -> Tensor {
    try apply(latent) {
      guard let center else { return try latent.rounded() }
      return try (latent - center).rounded() + center
    }
  }
}
