public import Torch

/// No non-linearity: the input itself.
public final class Identity: Nonlinearity {
  /// Creates the identity.
  public init() {}

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns `input`.
  public func forward(_ input: Tensor) throws -> Tensor { input }

  /// Nothing.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 0, others: 0) }
}
