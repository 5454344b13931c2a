import Layers
public import Torch

/// The hyper analysis of TCM: a residual block that halves the sides, mixed blocks, and a convolution.
///
///     y ─ RBS↓ ─ TCM ×2 ─ conv 3×3↓ ─ z
///        M→2·C             2·C→N
///
/// `[N, M, H, W]` → `[N, N, H/4, W/4]`. Liu, Sun, Katto, "Learned image compression with mixed transformer-CNN architectures", CVPR 2023; as in the authors' code,
/// jmliu206/LIC_TCM, there are windows of 4, heads of 32 numbers and N = 192.
public final class TCMHyperAnalysis: Layer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - stages: one of them.
  ///   - channels: N, the channels of the output.
  ///   - expansionChannels: M, the channels of the input.
  ///   - nonlinearity: makes the non-linearity of the residual block.
  ///   - seeds: where the initial weights come from.
  public init(
    stages: MixtureStages, channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence
  ) throws {
    let inner = 2 * stages.width
    let first: any Layer = try ResidualBlockWithStride(
      inputChannels: expansionChannels, outputChannels: inner, nonlinearity: nonlinearity(), seeds: seeds)
    layers = Sequential(
      try [first] + stages.blocks(0, seeds: seeds) + [Convolution(inputChannels: inner, outputChannels: channels, kernel: 3, seeds: seeds)])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// Returns z.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}

/// The hyper synthesis of TCM: two networks, one for scales and one for means, whose outputs are put together in this order.
///
///     ẑ ─ RBU↑ ─ TCM ×2 ─ subpel 3×3↑ ─ half of ψ
///        N→2·C              2·C→M
///
/// `[N, N, H, W]` → `[N, 2·M, 4·H, 4·W]`. The sources are those of ``TCMHyperAnalysis``.
public final class TCMHyperSynthesis: Layer {
  private let scales: Sequential
  private let means: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - stages: one of them.
  ///   - channels: N, the channels of the input.
  ///   - expansionChannels: M, half the channels of the output.
  ///   - nonlinearity: makes the inverse non-linearity of a residual block; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(
    stages: MixtureStages, channels: Int, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence
  ) throws {
    let inner = 2 * stages.width
    func network() throws -> Sequential {
      let first: any Layer = try ResidualBlockUpsample(
        inputChannels: channels, outputChannels: inner, nonlinearity: nonlinearity(), seeds: seeds)
      return Sequential(
        try [first] + stages.blocks(0, seeds: seeds)
          + [SubpixelConvolution(inputChannels: inner, outputChannels: expansionChannels, seeds: seeds)])
    }
    (scales, means) = (try network(), try network())
  }

  /// Both networks under the authors' names.
  public var members: [Member] { [.module("h_scale_s", scales), .module("h_mean_s", means)] }

  /// Returns the scales and the means.
  public func forward(_ input: Tensor) throws -> Tensor {
    try Tensor.concatenated([scales.forward(input), means.forward(input)], along: 1)
  }
}
