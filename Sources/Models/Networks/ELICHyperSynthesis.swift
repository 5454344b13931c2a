import Layers
public import Torch

/// The hyper synthesis of CompressAI's ELIC models: two transposed convolutions 5×5 that double the sides, N and ⌊3·N/2⌋ channels wide, and a last layer
/// 3×3, with rectified linear units between.
///
/// `[N, N, H, W]` → `[N, K, 4·H, 4·W]`. The paper (He et al., CVPR 2022) does not say how wide it is. In `Elic2022Official` the last layer is a transposed
/// convolution to 2·N channels, in `Elic2022Chandelier` a convolution to 2·M.
public final class ELICHyperSynthesis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the input.
  ///   - outputChannels: K.
  ///   - endsTransposed: whether the last layer is a transposed convolution.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, outputChannels: Int, endsTransposed: Bool, seeds: SeedSequence) throws {
    let inner = channels * 3 / 2
    let last: any Layer =
      endsTransposed
      ? try TransposedConvolution(inputChannels: inner, outputChannels: outputChannels, kernel: 3, stride: 1, seeds: seeds)
      : try Convolution(inputChannels: inner, outputChannels: outputChannels, kernel: 3, stride: 1, seeds: seeds)
    layers = Sequential([
      try TransposedConvolution(inputChannels: channels, outputChannels: channels, seeds: seeds), RectifiedLinear(),
      try TransposedConvolution(inputChannels: channels, outputChannels: inner, seeds: seeds), RectifiedLinear(), last,
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns what the context model gets of z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
