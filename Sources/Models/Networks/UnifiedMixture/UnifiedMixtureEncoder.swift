import Layers
public import Torch

/// The analysis transform of Zhu and others: residual blocks whose non-linearities stand before the convolutions, down to an eighth of the sides.
///
///     2·x − 1 ─ conv 3×3 ↓2 ─ block ─ block ↓2 ─ attention ─ block ─ block ↓2 ─ block
///
/// `[N, 3, H, W]` in 0…1 → `[N, N, H/8, W/8]`. Zhu, Song, Gao, Zheng, Shen, "Unified multivariate Gaussian mixture for
/// efficient neural image compression", CVPR 2022, figure 3, with the layers of the authors' program; there convolutions see the picture mirrored at its border, here zeros.
public final class UnifiedMixtureEncoder: LocalLayer {
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of all layers.
  ///   - nonlinearity: makes the non-linearity of one block that halves the sides; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    func block() throws -> PreactivatedBlock { try .keepingSides(channels: channels, seeds: seeds) }
    func down() throws -> PreactivatedBlock { try .halvingSides(channels: channels, nonlinearity: nonlinearity(), seeds: seeds) }
    layers = Sequential([
      try Convolution(inputChannels: 3, outputChannels: channels, kernel: 3, stride: 2, seeds: seeds), try block(), try down(),
      try PreactivatedAttention(channels: channels, seeds: seeds), try block(), try down(), try block(),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input * 2 - 1) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
