import Layers
public import Torch

/// The hyper synthesis h_s that gives scales: two transposed convolutions 5×5 that double the sides and a convolution 3×3, with a
/// non-linearity between and a rectified linear unit at the end, which keeps the scales from becoming negative.
///
/// `[N, N, H, W]` → `[N, M, 4·H, 4·W]`. Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4.
public final class HyperSynthesisScale: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the input and between the layers.
  ///   - expansionChannels: M, the channels of the output.
  ///   - nonlinearity: makes the non-linearity of one place between the layers; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    let (n, m) = (channels, expansionChannels)
    layers = Sequential([
      try TransposedConvolution(inputChannels: n, outputChannels: n, seeds: seeds), try nonlinearity(),
      try TransposedConvolution(inputChannels: n, outputChannels: n, seeds: seeds), try nonlinearity(),
      try Convolution(inputChannels: n, outputChannels: m, kernel: 3, stride: 1, seeds: seeds), RectifiedLinear(),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the scales.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
