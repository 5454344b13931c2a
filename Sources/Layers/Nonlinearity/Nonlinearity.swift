public import Torch

/// A layer that works on the channels of each place of an `[N, C, H, W]` tensor and keeps its shape.
public protocol Nonlinearity: PointwiseLayer {
  /// What one place of a tensor with this many channels costs, with the exponents of the paper and in either direction.
  static func cost(channels: Int) -> PixelCost
}

/// The arithmetic at one place (pixel) of a tensor, over all its channels.
///
/// The constants that are made of the stored parameters once for a whole tensor are not in it.
public struct PixelCost: Sendable, Equatable {
  /// Products that are added up, as in a matrix product.
  public let multiplyAccumulates: Int
  /// All other operations on single numbers; a root, a quotient and an exponential count as one each.
  public let others: Int

  /// Creates a cost.
  public init(multiplyAccumulates: Int, others: Int) {
    self.multiplyAccumulates = multiplyAccumulates
    self.others = others
  }

  /// Floating-point operations: two for each multiply–accumulate and one for each of the others.
  public var operations: Int { 2 * multiplyAccumulates + others }
}
