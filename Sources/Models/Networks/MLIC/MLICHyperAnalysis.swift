import Layers
public import Torch

/// The hyper analysis of JiangWeibeta/MLIC: five convolutions 3×3 with Gaussian error linear units between, of which two halve the sides.
///
///     y ─ conv ─ conv ─ conv ↓2 ─ conv ─ conv ↓2 ─ z
///         M → N  N      N         N      N
///
/// `[N, M, H, W]` → `[N, N, H/4, W/4]`.
public final class MLICHyperAnalysis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, seeds: SeedSequence) throws {
    let steps = [(expansionChannels, 1), (channels, 1), (channels, 2), (channels, 1), (channels, 2)]
    let layers = try steps.flatMap { input, stride -> [any Layer] in
      [
        try Convolution(inputChannels: input, outputChannels: channels, kernel: 3, stride: stride, seeds: seeds),
        GaussianErrorLinear(),
      ]
    }
    self.layers = Sequential(Array(layers.dropLast()))
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns the second latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
