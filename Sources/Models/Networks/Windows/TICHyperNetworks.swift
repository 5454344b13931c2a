import Layers
public import Torch

/// The hyper analysis of TIC: attention within windows, over places of the latent, between convolutions.
///
///     y ─ conv 3×3 ─ RSTB ─ conv 3×3↓ ─ RSTB ─ conv 3×3↓ ─ z
///           M→N             N→N               N→N
///
/// `[N, M, H, W]` → `[N, N, H/4, W/4]`. Lu, Guo, Shi, Cao, Ma, "Transformer-based image compression", DCC 2022, figure 1; as in the authors' code, lumingzzz/TIC, there are
/// windows of 4, 16 heads and two blocks in each RSTB.
public final class TICHyperAnalysis: Layer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers and of the output.
  ///   - expansionChannels: M, the channels of the input.
  ///   - stages: two of them.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, stages: SwinStages, seeds: SeedSequence) throws {
    func convolution(_ input: Int, stride: Int) throws -> any Layer {
      try Convolution(inputChannels: input, outputChannels: channels, kernel: 3, stride: stride, seeds: seeds)
    }
    func block(_ stage: Int) throws -> any Layer { try ResidualSwinBlock(channels: channels, shape: stages.shape(stage), seeds: seeds) }
    layers = Sequential([
      try convolution(expansionChannels, stride: 1), try block(0), try convolution(channels, stride: 2), try block(1),
      try convolution(channels, stride: 2),
    ])
  }

  /// The layers under their numbers, those that follow `h_a` in the authors' names.
  public var members: [Member] { layers.members }

  /// Returns z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}

/// The hyper synthesis of TIC, the way back of ``TICHyperAnalysis``, to twice the channels of the latent.
///
///     ẑ ─ deconv 3×3↑ ─ RSTB ─ deconv 3×3↑ ─ RSTB ─ conv 3×3 ─ ψ
///            N→N                  N→N                 N→2·M
///
/// `[N, N, H, W]` → `[N, 2·M, 4·H, 4·W]`. The sources are those of ``TICHyperAnalysis``.
public final class TICHyperSynthesis: Layer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: N, the channels of the input and between the layers.
  ///   - expansionChannels: M, half the channels of the output.
  ///   - stages: two of them, those of the analysis, which are used from the last to the first.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, stages: SwinStages, seeds: SeedSequence) throws {
    func up() throws -> any Layer { try TransposedConvolution(inputChannels: channels, outputChannels: channels, kernel: 3, seeds: seeds) }
    func block(_ stage: Int) throws -> any Layer { try ResidualSwinBlock(channels: channels, shape: stages.shape(stage), seeds: seeds) }
    layers = Sequential([
      try up(), try block(1), try up(), try block(0),
      try Convolution(inputChannels: channels, outputChannels: 2 * expansionChannels, kernel: 3, stride: 1, seeds: seeds),
    ])
  }

  /// The layers under their numbers, those that follow `h_s` in the authors' names.
  public var members: [Member] { layers.members }

  /// Returns what the context model gets of z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}
