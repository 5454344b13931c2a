import Layers
public import Torch

/// What the networks of mixed transformer-CNN blocks have in common.
public struct MixtureStages: Sendable, Equatable {
  /// C, half the channels between the layers: those of either half of a block.
  public let width: Int
  /// The blocks of each stage; every other one has moved windows.
  public let depths: [Int]
  /// The heads of each stage, divisors of C.
  public let heads: [Int]
  /// The side of the windows.
  public let window: Int

  /// Creates stages.
  public init(width: Int, depths: [Int], heads: [Int], window: Int) {
    precondition(depths.count == heads.count, "a stage has both")
    (self.width, self.depths, self.heads, self.window) = (width, depths, heads, window)
  }

  func blocks(_ stage: Int, seeds: SeedSequence) throws -> [any Layer] {
    try (0..<depths[stage]).map {
      try TransformerCNNBlock(channels: 2 * width, heads: heads[stage], window: window, isMoved: $0 % 2 == 1, seeds: seeds)
    }
  }
}

/// The analysis transform of TCM: residual blocks that halve the sides, and blocks of a transformer and a convolutional network side by side.
///
///     x ─ RBS↓ ─ TCM ×2 ─ RBS↓ ─ TCM ×2 ─ RBS↓ ─ TCM ×2 ─ conv 3×3↓ ─ y
///        3→2·C     8    2·C→2·C    16   2·C→2·C    32       2·C→M          heads of so many numbers
///
/// `[N, 3, H, W]` → `[N, M, H/16, W/16]`. RBS is ``ResidualBlockWithStride``, TCM is ``TransformerCNNBlock``. Liu, Sun, Katto, "Learned image compression with
/// mixed transformer-CNN architectures", CVPR 2023, figure 2; what it leaves open is as in the authors' code, jmliu206/LIC_TCM: windows of 8, M = 320 and C = 64, 96 or 128.
public final class TCMEncoder: StagedNetwork {
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - stages: three of them.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - nonlinearity: makes the non-linearity of one residual block that halves the sides; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(stages: MixtureStages, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    let inner = 2 * stages.width
    func down(_ input: Int) throws -> [any Layer] {
      [try ResidualBlockWithStride(inputChannels: input, outputChannels: inner, nonlinearity: nonlinearity(), seeds: seeds)]
    }
    layers = Sequential(
      try down(3) + stages.blocks(0, seeds: seeds) + down(inner) + stages.blocks(1, seeds: seeds) + down(inner)
        + stages.blocks(2, seeds: seeds)
        + [Convolution(inputChannels: inner, outputChannels: expansionChannels, kernel: 3, seeds: seeds)])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// The layers in the order of their use.
  public var stages: [any Layer] { layers.layers }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// Not known, since windows do not move with a part of the picture, unless blocks of another kind stand in their place.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}

/// The synthesis transform of TCM, the way back of ``TCMEncoder``: residual blocks that double the sides.
///
///     ŷ ─ RBU↑ ─ TCM ×2 ─ RBU↑ ─ TCM ×2 ─ RBU↑ ─ TCM ×2 ─ subpel 3×3↑ ─ x̂
///        M→2·C     32   2·C→2·C    16   2·C→2·C    8         2·C→3          heads of so many numbers
///
/// `[N, M, H, W]` → `[N, 3, 16·H, 16·W]`. RBU is ``ResidualBlockUpsample``. The sources are those of ``TCMEncoder``.
public final class TCMDecoder: StagedNetwork {
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - stages: three of them, those of the encoder, which are used from the last to the first.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - nonlinearity: makes the inverse non-linearity of one residual block that doubles the sides; called anew for each.
  ///   - seeds: where the initial weights come from.
  public init(stages: MixtureStages, expansionChannels: Int, nonlinearity: () throws -> any Layer, seeds: SeedSequence) throws {
    let inner = 2 * stages.width
    func up(_ input: Int) throws -> [any Layer] {
      [try ResidualBlockUpsample(inputChannels: input, outputChannels: inner, nonlinearity: nonlinearity(), seeds: seeds)]
    }
    layers = Sequential(
      try up(expansionChannels) + stages.blocks(2, seeds: seeds) + up(inner) + stages.blocks(1, seeds: seeds) + up(inner)
        + stages.blocks(0, seeds: seeds) + [SubpixelConvolution(inputChannels: inner, outputChannels: 3, seeds: seeds)])
  }

  /// The layers under their numbers.
  public var members: [Member] { layers.members }

  /// The layers in the order of their use.
  public var stages: [any Layer] { layers.layers }

  /// Returns the pictures, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// Not known, since windows do not move with a part of the picture, unless blocks of another kind stand in their place.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
