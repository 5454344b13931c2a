import Layers
public import Torch

/// The hyper synthesis of Lu, Ma, "High-efficiency lossy image coding through adaptive neighborhood information aggregation", 2022 (TinyLIC), figure 2, the way
/// back of ``TinyLICHyperAnalysis``.
///
///     ẑ ─ RNAB ─ deconv 3×3 ↑2 ─ RNAB ─ deconv 3×3 ↑2 ─ ψ
///         ×2     3·N/2           ×2     3·N/2 → 2·M
///
/// `[N, ⌊3·N/2⌋, H, W]` → `[N, 2·M, 4·H, 4·W]`. Windows are 3×3. The layers are those of lumingzzz/TinyLIC, whose `h_s0` is `0` here, and so on.
public final class TinyLICHyperSynthesis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - shape: the attention at both scales, from the end of y on; heads divide ⌊3·N/2⌋.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, shape: NeighborhoodShape = .hyper, seeds: SeedSequence) throws {
    let width = channels * 3 / 2
    layers = Sequential([
      try shape.block(1, channels: width, seeds: seeds),
      try TransposedConvolution(inputChannels: width, outputChannels: width, kernel: 3, stride: 2, seeds: seeds),
      try shape.block(0, channels: width, seeds: seeds),
      try TransposedConvolution(inputChannels: width, outputChannels: 2 * expansionChannels, kernel: 3, stride: 2, seeds: seeds),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns what the context model gets of z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
