import Layers
public import Torch

/// The analysis transform of Cheng and others with attention: that of ``Cheng2020AnchorEncoder`` with an attention block at a quarter of the sides and
/// one at the end.
///
/// `[N, 3, H, W]` → `[N, N, H/16, W/16]`. Cheng et al., "Learned image compression with discretized Gaussian
/// mixture likelihoods and attention modules", CVPR 2020, figure 4, g_a.
public final class Cheng2020AttentionEncoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of all layers.
  ///   - nonlinearity: makes the non-linearity of one residual block that halves the sides; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func down(_ input: Int) throws -> ResidualBlockWithStride {
      try ResidualBlockWithStride(inputChannels: input, outputChannels: channels, nonlinearity: nonlinearity(), seeds: seeds)
    }
    func block() throws -> ResidualBlock { try ResidualBlock(channels: channels, seeds: seeds) }
    func attention() throws -> AttentionBlock { try AttentionBlock(channels: channels, seeds: seeds) }
    layers = Sequential([
      try down(3), try block(), try down(channels), try attention(), try block(), try down(channels), try block(),
      try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 2, seeds: seeds), try attention(),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
