import Layers
public import Torch

/// The synthesis transform of Cheng and others with attention: that of ``Cheng2020AnchorDecoder`` with an attention block at the beginning and one at a
/// quarter of the sides.
///
/// `[N, N, H/16, W/16]` → `[N, 3, H, W]`. Cheng et al., "Learned image compression with discretized Gaussian
/// mixture likelihoods and attention modules", CVPR 2020, figure 4, g_s.
public final class Cheng2020AttentionDecoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of all layers.
  ///   - nonlinearity: makes the non-linearity of one residual block that doubles the sides (the inverse one); called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func up() throws -> ResidualBlockUpsample {
      try ResidualBlockUpsample(inputChannels: channels, outputChannels: channels, nonlinearity: nonlinearity(), seeds: seeds)
    }
    func block() throws -> ResidualBlock { try ResidualBlock(channels: channels, seeds: seeds) }
    func attention() throws -> AttentionBlock { try AttentionBlock(channels: channels, seeds: seeds) }
    layers = Sequential([
      try attention(), try block(), try up(), try block(), try up(), try attention(), try block(), try up(), try block(),
      try SubpixelConvolution(inputChannels: channels, outputChannels: 3, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the picture.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
