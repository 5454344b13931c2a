import Layers
public import Torch

/// The synthesis transform of Lu, Ma, "High-efficiency lossy image coding through adaptive neighborhood information aggregation", 2022 (TinyLIC), figure 2,
/// the way back of ``TinyLICEncoder``.
///
///     ŷ ─ RNAB ─ deconv 3×3 ↑2 ─ RNAB ─ deconv 3×3 ↑2 ─ RNAB ─ deconv 3×3 ↑2 ─ RNAB ─ deconv 5×5 ↑2 ─ x̂
///         ×2     M → 2·N         ×6     2·N → 3·N/2     ×2     3·N/2 → N       ×2     N → 3
///
/// `[N, M, H, W]` → `[N, 3, 16·H, 16·W]`. The layers are those of lumingzzz/TinyLIC, whose `g_s0` is `0` here, and so on.
public final class TinyLICDecoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - shape: the attention at the four scales, from the picture's end on; heads divide N, ⌊3·N/2⌋, 2·N and M.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, shape: NeighborhoodShape = .transform, seeds: SeedSequence) throws {
    let widths = [3] + TinyLICEncoder.widths(channels: channels, expansionChannels: expansionChannels)
    layers = Sequential(
      try (0..<4).reversed().flatMap { scale -> [any Layer] in
        [
          try shape.block(scale, channels: widths[scale + 1], seeds: seeds),
          try TransposedConvolution(
            inputChannels: widths[scale + 1], outputChannels: widths[scale], kernel: scale == 0 ? 5 : 3, stride: 2, seeds: seeds),
        ]
      })
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the pictures, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
