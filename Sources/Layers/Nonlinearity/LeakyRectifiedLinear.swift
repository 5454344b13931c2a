public import Torch

/// The leaky rectified linear unit: x where x ≥ 0 and slope·x below, the same in both directions.
///
/// Maas, Hannun, Ng: "Rectifier nonlinearities improve neural network acoustic models", 2013.
public final class LeakyRectifiedLinear: Nonlinearity {
  private let slope: Double

  /// Creates the unit with the slope below zero.
  public init(slope: Double = 0.01) { self.slope = slope }

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns the unit's values, of the input's shape.
  public func forward(_ input: Tensor) throws -> Tensor { try input.rectified(slope: slope) }

  /// A comparison and a product for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 0, others: 2 * channels) }
}
