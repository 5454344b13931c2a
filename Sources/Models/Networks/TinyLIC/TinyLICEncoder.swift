import Layers
public import Torch

/// The analysis transform of Lu, Ma, "High-efficiency lossy image coding through adaptive neighborhood information aggregation", 2022 (TinyLIC), figure 2.
///
///     x ─ conv 5×5 ↓2 ─ RNAB ─ conv 3×3 ↓2 ─ RNAB ─ conv 3×3 ↓2 ─ RNAB ─ conv 3×3 ↓2 ─ RNAB ─ y
///         3 → N         ×2     N → 3·N/2     ×2     3·N/2 → 2·N   ×6     2·N → M       ×2
///
/// `[N, 3, H, W]` → `[N, M, H/16, W/16]`. Below each residual neighbourhood attention block stands how many blocks of the transformer are in it; they are all
/// the non-linearity there is. The layers are those of lumingzzz/TinyLIC, whose `g_a0` is `0` here, and so on.
public final class TinyLICEncoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - shape: the attention at the four scales; heads divide N, ⌊3·N/2⌋, 2·N and M.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, shape: NeighborhoodShape = .transform, seeds: SeedSequence) throws {
    let widths = [3] + Self.widths(channels: channels, expansionChannels: expansionChannels)
    layers = Sequential(
      try (0..<4).flatMap { scale -> [any Layer] in
        [
          try Convolution(
            inputChannels: widths[scale], outputChannels: widths[scale + 1], kernel: scale == 0 ? 5 : 3, stride: 2, seeds: seeds),
          try shape.block(scale, channels: widths[scale + 1], seeds: seeds),
        ]
      })
  }

  /// The channels at each scale.
  static func widths(channels: Int, expansionChannels: Int) -> [Int] { [channels, channels * 3 / 2, channels * 2, expansionChannels] }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
