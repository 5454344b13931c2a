import Layers
public import Torch

/// The hyper analysis h_a with a non-local attention module: a convolution 3×3 and two 5×5 that halve the sides, the module before the last.
///
/// `[N, M, H, W]` → `[N, N, H/4, W/4]`. Chen, Liu, Ma, Shen, Cao, Wang, "End-to-end learnt image compression via non-local attention optimization and
/// improved context modeling", IEEE Transactions on Image Processing 2021: attention in the hyper branch beside that of the
/// transforms. What is left open here: the convolutions are those of ``HyperAnalysis``, so that the module is all that differs.
public final class NonLocalHyperAnalysis: Layer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers and of the output.
  ///   - expansionChannels: M, the channels of the input.
  ///   - nonlinearity: makes the non-linearity of one place; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    let (n, m) = (channels, expansionChannels)
    layers = Sequential([
      try Convolution(inputChannels: m, outputChannels: n, kernel: 3, stride: 1, seeds: seeds), try nonlinearity(),
      try Convolution(inputChannels: n, outputChannels: n, seeds: seeds), try nonlinearity(),
      try NonLocalAttentionBlock(channels: n, seeds: seeds),
      try Convolution(inputChannels: n, outputChannels: n, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}

/// The hyper synthesis h_s that gives scales and means, with a non-local attention module behind its first layer: two transposed convolutions 5×5 that double
/// the sides and a convolution 3×3; M, ⌊3·M/2⌋ and 2·M channels wide.
///
/// `[N, N, H, W]` → `[N, 2·M, 4·H, 4·W]`. The source and what it leaves open are those of ``NonLocalHyperAnalysis``; the convolutions are those of
/// ``HyperSynthesisMeanScale``.
public final class NonLocalHyperSynthesis: Layer {
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
      try NonLocalAttentionBlock(channels: m, seeds: seeds),
      try TransposedConvolution(inputChannels: m, outputChannels: inner, seeds: seeds), try nonlinearity(inner),
      try Convolution(inputChannels: inner, outputChannels: 2 * m, kernel: 3, stride: 1, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the scales and the means.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}
