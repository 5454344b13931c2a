public import Torch

/// The rectified linear unit max(x, 0), the same in both directions.
public final class RectifiedLinear: Nonlinearity {
  /// Creates the unit.
  public init() {}

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns max(input, 0), of the input's shape.
  public func forward(_ input: Tensor) throws -> Tensor { try input.rectified() }

  /// A comparison for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 0, others: channels) }
}
