import Layers
import Torch

/// The attention to neighbours of a network, scale by scale from the picture's end on.
public struct NeighborhoodShape: Sendable, Equatable {
  /// The heads at each scale.
  public var heads: [Int]
  /// How many blocks of the transformer there are at each scale.
  public var depths: [Int]
  /// k, the side of a window.
  public var kernel: Int
  /// How many times as wide the layers over features are between.
  public var ratio: Double

  /// Creates a shape.
  public init(heads: [Int], depths: [Int], kernel: Int, ratio: Double = 2) {
    (self.heads, self.depths, self.kernel, self.ratio) = (heads, depths, kernel, ratio)
  }

  /// That of TinyLIC's transforms.
  public static let transform = NeighborhoodShape(heads: [8, 12, 16, 20], depths: [2, 2, 6, 2], kernel: 7)
  /// That of TinyLIC's hyper networks.
  public static let hyper = NeighborhoodShape(heads: [12, 12], depths: [2, 2], kernel: 3)

  /// Builds the block of one scale.
  func block(_ scale: Int, channels: Int, seeds: SeedSequence) throws -> any Layer {
    try ResidualNeighborhoodAttentionBlock(
      channels: channels, depth: depths[scale], heads: heads[scale], kernel: kernel, ratio: ratio, seeds: seeds)
  }
}
