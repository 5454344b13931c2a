public import Torch

/// A residual block whose non-linearities stand before the convolutions: `[N, C, H, W]` to the same, to half or to twice the sides.
///
///     out = skip(x) + conv3×3(n(conv(s(x))))
///
/// s is the sigmoid linear unit. The plain block has conv 3×3, n = s and skip(x) = x; the one that halves the sides conv 3×3 ↓2, n a divisive
/// normalization and skip another conv 3×3 ↓2; the one that doubles them sub-pixel convolutions 3×3 and the inverse normalization. These are the
/// blocks of Zhu, Song, Gao, Zheng, Shen, "Unified multivariate Gaussian mixture for efficient neural image compression", CVPR 2022, as their
/// program has them, after He et al., "Identity mappings in deep residual networks", ECCV 2016.
public final class PreactivatedBlock: LocalLayer {
  private let branch: Sequential
  private let skip: (any LocalLayer)?

  private init(
    _ first: any LocalLayer, _ unit: any Layer, channels: Int, skip: (any LocalLayer)?, seeds: SeedSequence
  ) throws(TorchError) {
    let last = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds)
    branch = Sequential([SigmoidLinear(), first, unit, last])
    self.skip = skip
  }

  private static func convolution(_ channels: Int, stride: Int, seeds: SeedSequence) throws(TorchError) -> Convolution {
    try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: stride, seeds: seeds)
  }

  /// Returns a block that keeps the sides, with random weights drawn from `seeds`.
  public static func keepingSides(channels: Int, seeds: SeedSequence) throws(TorchError) -> PreactivatedBlock {
    try PreactivatedBlock(
      convolution(channels, stride: 1, seeds: seeds), SigmoidLinear(), channels: channels, skip: nil, seeds: seeds)
  }

  /// Returns a block that halves the sides; of odd ones half is rounded up.
  ///
  /// - Parameter nonlinearity: n, over `channels` channels.
  public static func halvingSides(channels: Int, nonlinearity: any Layer, seeds: SeedSequence) throws(TorchError) -> PreactivatedBlock {
    try PreactivatedBlock(
      convolution(channels, stride: 2, seeds: seeds), nonlinearity, channels: channels,
      skip: convolution(channels, stride: 2, seeds: seeds), seeds: seeds)
  }

  /// Returns a block that doubles the sides.
  ///
  /// - Parameter nonlinearity: n, over `channels` channels, the inverse one.
  public static func doublingSides(channels: Int, nonlinearity: any Layer, seeds: SeedSequence) throws(TorchError) -> PreactivatedBlock {
    func enlargement() throws(TorchError) -> SubpixelConvolution {
      try SubpixelConvolution(inputChannels: channels, outputChannels: channels, seeds: seeds)
    }
    return try PreactivatedBlock(enlargement(), nonlinearity, channels: channels, skip: enlargement(), seeds: seeds)
  }

  /// Both ways; the skip is missing where it is the identity.
  public var members: [Member] { [.module("branch", branch)] + (skip.map { [.module("skip", $0)] } ?? []) }

  /// Returns the sum of both ways.
  public func forward(_ input: Tensor) throws -> Tensor { try branch.traced(input) + (skip?.traced(input) ?? input) }

  /// What both ways need.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    let way = try branch.inputRows(for: rows)
    guard let skip else { return way.covering(rows) }
    return way.covering(try skip.inputRows(for: rows))
  }
}
