public import Torch

/// Simplified attention of residual blocks whose non-linearities stand before the convolutions: `[N, C, H, W]` to the same.
///
///     out = x + a(x) · σ(b(x))          a: 3 blocks; b: 3 blocks and a convolution 1×1
///
/// The attention of Zhu, Song, Gao, Zheng, Shen, "Unified multivariate Gaussian mixture for efficient neural image compression", CVPR 2022,
/// as their program has it: that of ``AttentionBlock`` with ``PreactivatedBlock`` for its units.
public final class PreactivatedAttention: LocalLayer {
  private let trunk: Sequential
  private let mask: Sequential

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  public init(channels: Int, seeds: SeedSequence) throws(TorchError) {
    func blocks() throws(TorchError) -> [any Layer] {
      var blocks: [any Layer] = []
      for _ in 0..<3 { blocks.append(try PreactivatedBlock.keepingSides(channels: channels, seeds: seeds)) }
      return blocks
    }
    trunk = Sequential(try blocks())
    mask = Sequential(try blocks() + [Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)])
  }

  /// Both branches.
  public var members: [Member] { [.module("trunk", trunk), .module("mask", mask)] }

  /// Returns the input with the masked trunk added.
  public func forward(_ input: Tensor) throws -> Tensor { try trunk.traced(input) * mask.traced(input).sigmoid() + input }

  /// What both branches need; the mask is computed of places near by, not of the whole tensor.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    try trunk.inputRows(for: rows).covering(mask.inputRows(for: rows))
  }
}
