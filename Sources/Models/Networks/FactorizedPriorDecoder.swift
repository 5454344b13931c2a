import Layers
public import Torch

/// The synthesis transform of the factorized-prior model: four transposed convolutions 5×5 that double the sides, with a non-linearity between.
///
/// `[N, M, H/16, W/16]` → `[N, 3, H, W]`. Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, figure 4, g_s.
public final class FactorizedPriorDecoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the input.
  ///   - nonlinearity: makes the (inverse) non-linearity of one place; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func up(_ input: Int, _ output: Int) throws -> TransposedConvolution {
      try TransposedConvolution(inputChannels: input, outputChannels: output, seeds: seeds)
    }
    let (n, m) = (channels, expansionChannels)
    layers = Sequential([
      try up(m, n), try nonlinearity(), try up(n, n), try nonlinearity(), try up(n, n), try nonlinearity(), try up(n, 3),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the picture.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
