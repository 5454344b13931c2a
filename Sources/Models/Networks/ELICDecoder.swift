import Layers
public import Torch

/// The synthesis transform of He et al., "ELIC", CVPR 2022, figure 2, the way back of ``ELICEncoder``.
///
///     ŷ ─ attention ─ deconv 5×5 ↑2 ─ RBB ─ deconv 5×5 ↑2 ─ attention ─ RBB ─ deconv 5×5 ↑2 ─ RBB ─ deconv 5×5 ↑2 ─ x̂
///         M           M → N           ×3    N               N           ×3    N               ×3    N → 3
///
/// `[N, M, H, W]` → `[N, 3, 16·H, 16·W]`.
public final class ELICDecoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, seeds: SeedSequence) throws {
    func up(_ input: Int, _ output: Int) throws -> any Layer {
      try TransposedConvolution(inputChannels: input, outputChannels: output, seeds: seeds)
    }
    func blocks() throws -> [any Layer] { try (0..<3).map { _ in try ResidualBottleneckBlock(channels: channels, seeds: seeds) } }
    let (n, m) = (channels, expansionChannels)
    layers = Sequential(
      try [AttentionBlock(channels: m, seeds: seeds), up(m, n)] + blocks() + [up(n, n), AttentionBlock(channels: n, seeds: seeds)]
        + blocks()
        + [up(n, n)] + blocks() + [up(n, 3)])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the pictures, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
