import Layers
public import Torch

/// The hyper synthesis of JiangWeibeta/MLIC: three convolutions 3×3 and between them two sub-pixel convolutions that double the sides, with Gaussian error
/// linear units between all.
///
///     ẑ ─ conv ─ sub-pixel ↑2 ─ conv ─────── sub-pixel ↑2 ─ conv ─────── ψ
///         N → M  M              M → 3·M/2    3·M/2          3·M/2 → 2·M
///
/// `[N, N, H, W]` → `[N, 2·M, 4·H, 4·W]`.
public final class MLICHyperSynthesis: LocalLayer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N.
  ///   - expansionChannels: M.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, seeds: SeedSequence) throws {
    func convolution(_ input: Int, _ output: Int) throws -> any Layer {
      try Convolution(inputChannels: input, outputChannels: output, kernel: 3, stride: 1, seeds: seeds)
    }
    let (m, inner) = (expansionChannels, expansionChannels * 3 / 2)
    layers = Sequential([
      try convolution(channels, m), GaussianErrorLinear(), try SubpixelConvolution(inputChannels: m, outputChannels: m, seeds: seeds),
      GaussianErrorLinear(), try convolution(m, inner), GaussianErrorLinear(),
      try SubpixelConvolution(inputChannels: inner, outputChannels: inner, seeds: seeds), GaussianErrorLinear(),
      try convolution(inner, 2 * m),
    ])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns what the context model gets of z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// The rows of the input that rows of the output depend on.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
