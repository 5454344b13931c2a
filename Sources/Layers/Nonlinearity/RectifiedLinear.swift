public import Torch

/// The rectified linear unit max(x, 0), the same in both directions.
public final class RectifiedLinear: Layer {
  /// Creates the unit.
  public init() {}

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns max(input, 0).
  public func forward(_ input: Tensor) throws -> Tensor { try input.rectified() }
}

/// No non-linearity: the input itself.
public final class Identity: Layer {
  /// Creates the identity.
  public init() {}

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns `input`.
  public func forward(_ input: Tensor) throws -> Tensor { input }
}
