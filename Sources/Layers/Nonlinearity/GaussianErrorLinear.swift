public import Torch

/// The Gaussian error linear unit x·Φ(x) with the normal distribution function Φ, the same in both directions.
///
/// Hendrycks, Gimpel: "Gaussian error linear units (GELUs)", 2016.
public final class GaussianErrorLinear: Nonlinearity {
  private let usesTanh: Bool

  /// Creates the unit.
  ///
  /// - Parameter usesTanh: whether Φ(x) is approximated by ½·(1 + tanh(√(2/π)·(x + 0.044715·x³))), as the paper proposes.
  public init(usesTanh: Bool = false) { self.usesTanh = usesTanh }

  /// Nothing: there are no parameters.
  public var members: [Member] { [] }

  /// Returns the unit's values, of the input's shape.
  public func forward(_ input: Tensor) throws -> Tensor { try input.weightedByNormalDistribution(usingTanh: usesTanh) }

  /// The error function of a multiple, a sum and two products for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 0, others: 5 * channels) }
}
