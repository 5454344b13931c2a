import Layers
public import Torch

/// The analysis transform of He et al., "ELIC: Efficient learned image compression with unevenly grouped space-channel contextual adaptive coding",
/// CVPR 2022, figure 2: four convolutions 5×5 that halve the sides, residual bottleneck blocks in groups of three between, and attention at a quarter of
/// the sides and at the end.
///
///     x ─ conv 5×5 ↓2 ─ RBB ─ conv 5×5 ↓2 ─ RBB ─ attention ─ conv 5×5 ↓2 ─ RBB ─ conv 5×5 ↓2 ─ attention ─ y
///         3 → N         ×3    N             ×3    N           N             ×3    N → M         M
///
/// `[N, 3, H, W]` → `[N, M, H/16, W/16]`. It has no non-linearity but that of its blocks.
public final class ELICEncoder: LocalLayer {
  let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, seeds: SeedSequence) throws {
    func down(_ input: Int, _ output: Int) throws -> any Layer {
      try Convolution(inputChannels: input, outputChannels: output, seeds: seeds)
    }
    func blocks() throws -> [any Layer] { try (0..<3).map { _ in try ResidualBottleneckBlock(channels: channels, seeds: seeds) } }
    let (n, m) = (channels, expansionChannels)
    layers = Sequential(
      try [down(3, n)] + blocks() + [down(n, n)] + blocks() + [AttentionBlock(channels: n, seeds: seeds), down(n, n)] + blocks()
        + [down(n, m), AttentionBlock(channels: m, seeds: seeds)])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
