import Layers
public import Torch

/// The analysis transform of Jiang and others, "MLIC: Multi-reference entropy model for learned image compression", ACM Multimedia 2023, and of MLIC++.
///
///     x ─ residual ↓2 ─ residual ─ residual ↓2 ─ residual ─ residual ↓2 ─ residual ─ conv 3×3 ↓2 ─ y
///         3 → N          N          N             N          N             N          N → M
///
/// `[N, 3, H, W]` → `[N, M, H/16, W/16]`. It is that of Cheng et al. (2020) without attention, with Gaussian error linear units in its blocks and GDN where they
/// halve the sides. The layers are those of JiangWeibeta/MLIC, within `analysis_transform` there.
public final class MLICEncoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - nonlinearity: makes the non-linearity of one residual block that halves the sides, over N channels; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func down(_ input: Int) throws -> any Layer {
      try ResidualBlockWithStride(
        inputChannels: input, outputChannels: channels, nonlinearity: nonlinearity(), unit: GaussianErrorLinear(), seeds: seeds)
    }
    func block() throws -> any Layer { try ResidualBlock(channels: channels, unit: GaussianErrorLinear(), seeds: seeds) }
    layers = Sequential([
      try down(3), try block(), try down(channels), try block(), try down(channels), try block(),
      try Convolution(inputChannels: channels, outputChannels: expansionChannels, kernel: 3, stride: 2, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
