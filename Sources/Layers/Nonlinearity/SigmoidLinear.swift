public import Torch

/// The sigmoid linear unit x·σ(x) with the logistic function σ, the same in both directions.
///
/// Elfwing, Uchibe, Doya: "Sigmoid-weighted linear units for neural network function approximation in reinforcement learning", 2018.
public final class SigmoidLinear: Nonlinearity {
  /// Creates the unit.
  public init() {}

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns the unit's values, of the input's shape.
  public func forward(_ input: Tensor) throws -> Tensor { try input * input.sigmoid() }

  /// An exponential, a sum, a quotient and a product for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 0, others: 4 * channels) }
}
