import Layers
public import Torch

/// The analysis transform of the factorized-prior model: four convolutions 5×5 that halve the sides, with a non-linearity between.
///
/// `[N, 3, H, W]` → `[N, M, H/16, W/16]`. Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4, g_a.
public final class FactorizedPriorEncoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the output.
  ///   - nonlinearity: makes the non-linearity of one place; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func down(_ input: Int, _ output: Int) throws -> Convolution {
      try Convolution(inputChannels: input, outputChannels: output, seeds: seeds)
    }
    let (n, m) = (channels, expansionChannels)
    layers = Sequential([
      try down(3, n), try nonlinearity(), try down(n, n), try nonlinearity(), try down(n, n), try nonlinearity(), try down(n, m),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
