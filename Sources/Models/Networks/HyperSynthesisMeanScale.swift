import Layers
public import Torch

/// The hyper synthesis h_s that gives scales and means: two transposed convolutions 5×5 that double the sides and a convolution 3×3, with a
/// non-linearity between; M, ⌊3·M/2⌋ and 2·M channels wide.
///
/// `[N, N, H, W]` → `[N, 2·M, 4·H, 4·W]`. Minnen, Ballé, Toderici, "Joint autoregressive and hierarchical priors for learned image compression",
/// NeurIPS 2018, table 1.
public final class HyperSynthesisMeanScale: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the input.
  ///   - expansionChannels: M, half the channels of the output.
  ///   - nonlinearity: makes the non-linearity after the layer with so many channels; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(
    channels: Int, expansionChannels: Int, nonlinearity: (_ channels: Int) throws -> any Layer, seeds: SeedSequence
  ) throws {
    let (n, m) = (channels, expansionChannels)
    let inner = m * 3 / 2
    layers = Sequential([
      try TransposedConvolution(inputChannels: n, outputChannels: m, seeds: seeds), try nonlinearity(m),
      try TransposedConvolution(inputChannels: m, outputChannels: inner, seeds: seeds), try nonlinearity(inner),
      try Convolution(inputChannels: inner, outputChannels: 2 * m, kernel: 3, stride: 1, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the scales and the means.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
