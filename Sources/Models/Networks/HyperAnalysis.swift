import Layers
public import Torch

/// The hyper analysis h_a: a convolution 3×3 and two 5×5 that halve the sides, with a non-linearity between.
///
/// `[N, M, H, W]` → `[N, N, H/4, W/4]`. Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4, with rectified
/// linear units; with leaky ones Minnen et al., "Joint autoregressive and hierarchical priors for learned image compression", NeurIPS 2018,
/// table 1.
public final class HyperAnalysis: LocalLayer {
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
      try Convolution(inputChannels: n, outputChannels: n, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
