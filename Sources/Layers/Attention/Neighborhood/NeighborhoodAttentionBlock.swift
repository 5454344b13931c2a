public import Torch

/// The block of the neighbourhood attention transformer: attention of each place to its neighbours, and two layers over each place's features.
///
///     t = x + attention(n₁(x))          out = t + f(n₂(t)), f: C → ratio·C → C with a Gaussian error linear unit
///
/// `[N, C, H, W]` to the same, for any sides. n₁ and n₂ are layer normalizations. Hassani, Walton, Li, Li, Shi, "Neighborhood attention transformer", CVPR
/// 2023, figure 3; the windows are those of ``NeighborhoodSelfAttention``. What is left out: the random depth in training, and the factors for each channel
/// of the larger of their networks. The names of the state are those of `NATLayer` in SHI-Labs' code and of `NSABlock` in that of TinyLIC.
public final class NeighborhoodAttentionBlock: LocalLayer {
  private let firstNormalization: LayerNormalization
  private let attention: NeighborhoodSelfAttention
  private let secondNormalization: LayerNormalization
  private let feedForward: FeedForward
  private let kernel: Int

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - heads: a divisor of `channels`.
  ///   - kernel: k, the side of a window, odd.
  ///   - ratio: how many times as wide the layers over features are between.
  ///   - elementsAtOnce: how many numbers of gathered keys are held at once where there is no kernel.
  public convenience init(channels: Int, heads: Int, kernel: Int = 7, ratio: Double = 2, seeds: SeedSequence) throws {
    try self.init(
      channels: channels, heads: heads, kernel: kernel, ratio: ratio, elementsAtOnce: 4 * HeadAttention.scoresAtOnce, seeds: seeds)
  }

  package init(channels: Int, heads: Int, kernel: Int, ratio: Double, elementsAtOnce: Int, seeds: SeedSequence) throws {
    self.kernel = kernel
    firstNormalization = try LayerNormalization(features: channels)
    attention = try NeighborhoodSelfAttention(
      channels: channels, heads: heads, kernel: kernel, elementsAtOnce: elementsAtOnce, seeds: seeds)
    secondNormalization = try LayerNormalization(features: channels)
    feedForward = try FeedForward(features: channels, hidden: max(1, Int(Double(channels) * ratio)), seeds: seeds)
  }

  /// The attention, the layers over features and their normalizations.
  public var members: [Member] {
    [
      .module("norm1", firstNormalization), .module("attn", attention), .module("norm2", secondNormalization), .module("mlp", feedForward),
    ]
  }

  /// Returns the features of each place.
  public func forward(_ input: Tensor) throws -> Tensor {
    let shape = input.shape
    let tokens = try input.asTokens().reshaped([shape[0], -1, shape[1]])
    return try forward(tokens: tokens, height: shape[2], width: shape[3]).reshaped([shape[0], shape[2], shape[3], shape[1]]).fromTokens()
  }

  /// Returns `[N, H·W, C]` of the same.
  func forward(tokens: Tensor, height: Int, width: Int) throws -> Tensor {
    let attended = try tokens + attention.forward(firstNormalization.forward(tokens), height: height, width: width)
    return try attended + feedForward.forward(secondNormalization.forward(attended))
  }

  /// The rows that a window can hold: k − 1 on either side, since it is moved at the border.
  public func inputRows(for rows: Range<Int>) -> Range<Int> { rows.lowerBound - (kernel - 1)..<rows.upperBound + kernel - 1 }
}
