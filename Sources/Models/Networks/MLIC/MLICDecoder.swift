import Layers
public import Torch

/// The synthesis transform of Jiang and others, "MLIC: Multi-reference entropy model for learned image compression", ACM Multimedia 2023, and of MLIC++, the way
/// back of ``MLICEncoder``.
///
///     ŷ ─ residual ─ residual ↑2 ─ residual ─ residual ↑2 ─ residual ─ residual ↑2 ─ residual ─ sub-pixel 3×3 ↑2 ─ x̂
///         M          M → N         N          N             N          N             N          N → 3
///
/// `[N, M, H, W]` → `[N, 3, 16·H, 16·W]`. The layers are those of JiangWeibeta/MLIC, within `synthesis_transform` there.
public final class MLICDecoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - nonlinearity: makes the non-linearity of one residual block that doubles the sides, over N channels; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func up(_ input: Int) throws -> any Layer {
      try ResidualBlockUpsample(
        inputChannels: input, outputChannels: channels, nonlinearity: nonlinearity(), unit: GaussianErrorLinear(), seeds: seeds)
    }
    func block(_ channels: Int) throws -> any Layer { try ResidualBlock(channels: channels, unit: GaussianErrorLinear(), seeds: seeds) }
    layers = Sequential([
      try block(expansionChannels), try up(expansionChannels), try block(channels), try up(channels), try block(channels),
      try up(channels), try block(channels), try SubpixelConvolution(inputChannels: channels, outputChannels: 3, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the pictures, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
