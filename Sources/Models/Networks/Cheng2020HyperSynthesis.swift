import Layers
public import Torch

/// The hyper synthesis h_s of Cheng and others: three convolutions 3×3 and between them two sub-pixel convolutions that double the sides, with a
/// non-linearity between all; N, ⌊3·N/2⌋ and 2·N channels wide.
///
/// `[N, N, H, W]` → `[N, 2·N, 4·H, 4·W]`. Cheng et al., "Learned image compression with discretized Gaussian mixture likelihoods and attention
/// modules", CVPR 2020, figure 4.
public final class Cheng2020HyperSynthesis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the input and half those of the output.
  ///   - nonlinearity: makes the non-linearity after the layer with so many channels; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, nonlinearity: (_ channels: Int) throws -> any Layer, seeds: SeedSequence) throws {
    func convolution(_ input: Int, _ output: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, kernel: 3, stride: 1, seeds: seeds)
    }
    let (n, inner) = (channels, channels * 3 / 2)
    layers = Sequential([
      try convolution(n, n), try nonlinearity(n),
      try SubpixelConvolution(inputChannels: n, outputChannels: n, seeds: seeds), try nonlinearity(n),
      try convolution(n, inner), try nonlinearity(inner),
      try SubpixelConvolution(inputChannels: inner, outputChannels: inner, seeds: seeds), try nonlinearity(inner),
      try convolution(inner, 2 * n),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns what the context model gets of z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
