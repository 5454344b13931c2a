import Layers
public import Torch

/// The synthesis transform of Zhu and others: that of ``UnifiedMixtureEncoder`` backwards, with sub-pixel convolutions.
///
///     block ─ block ↑2 ─ attention ─ block ─ block ↑2 ─ block ─ sub-pixel conv 3×3 ↑2 ─ (x + 1)/2
///
/// `[N, N, H/8, W/8]` → `[N, 3, H, W]`, not clamped. Zhu, Song, Gao, Zheng, Shen, "Unified multivariate Gaussian mixture for
/// efficient neural image compression", CVPR 2022, figure 3.
public final class UnifiedMixtureDecoder: LocalLayer {
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of all layers.
  ///   - nonlinearity: makes the non-linearity of one block that doubles the sides (the inverse one); called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func block() throws -> PreactivatedBlock { try .keepingSides(channels: channels, seeds: seeds) }
    func up() throws -> PreactivatedBlock { try .doublingSides(channels: channels, nonlinearity: nonlinearity(), seeds: seeds) }
    layers = Sequential([
      try block(), try up(), try PreactivatedAttention(channels: channels, seeds: seeds), try block(), try up(), try block(),
      try SubpixelConvolution(inputChannels: channels, outputChannels: 3, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the picture.
  public func forward(_ input: Tensor) throws -> Tensor { try (layers.forward(input) + 1) * 0.5 }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
