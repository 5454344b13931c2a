import Layers
public import Torch

/// How deep and how wide the stages of a network of Swin blocks are.
public struct SwinStages: Sendable, Equatable {
  /// The blocks of each stage.
  public let depths: [Int]
  /// The heads of each stage, divisors of its channels.
  public let heads: [Int]
  /// The side of the windows.
  public let window: Int
  /// How many times as wide the inner features of an MLP are.
  public let ratio: Double

  /// Creates stages.
  public init(depths: [Int], heads: [Int], window: Int, ratio: Double) {
    precondition(depths.count == heads.count, "a stage has both")
    (self.depths, self.heads, self.window, self.ratio) = (depths, heads, window, ratio)
  }

  func shape(_ stage: Int) -> SwinShape { SwinShape(heads: heads[stage], window: window, ratio: ratio, depth: depths[stage]) }
}

/// The analysis transform of TIC: convolutions that halve the sides, each but the last with a residual Swin transformer block (RSTB) behind it.
///
///     x ─ conv 5×5↓ ─ RSTB ─ conv 3×3↓ ─ RSTB ─ conv 3×3↓ ─ RSTB ─ conv 3×3↓ ─ y
///           3→N      2 blocks    N→N    4 blocks    N→N    6 blocks    N→M
///
/// `[N, 3, H, W]` → `[N, M, H/16, W/16]`. Lu, Guo, Shi, Cao, Ma, "Transformer-based image compression", DCC 2022, figure 1; what it leaves open is as in the authors'
/// code, lumingzzz/TIC: windows of 8, 4, 8 and 16 heads, MLPs four times as wide, no other non-linearity. Stochastic depth in training is left out.
public final class TICEncoder: StagedNetwork {
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - stages: three of them.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, stages: SwinStages, seeds: SeedSequence) throws {
    func down(_ input: Int, _ output: Int, kernel: Int = 3) throws -> any Layer {
      try Convolution(inputChannels: input, outputChannels: output, kernel: kernel, seeds: seeds)
    }
    func block(_ stage: Int) throws -> any Layer { try ResidualSwinBlock(channels: channels, shape: stages.shape(stage), seeds: seeds) }
    let (n, m) = (channels, expansionChannels)
    layers = Sequential([
      try down(3, n, kernel: 5), try block(0), try down(n, n), try block(1), try down(n, n), try block(2), try down(n, m),
    ])
  }

  /// The layers under their numbers, those that follow `g_a` in the authors' names.
  public var members: [Member] { layers.members }

  /// The layers in the order of their use.
  public var stages: [any Layer] { layers.layers }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// Not known, since windows do not move with a part of the picture, unless blocks of another kind stand in their place.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}

/// The synthesis transform of TIC, the way back of ``TICEncoder``: transposed convolutions that double the sides, Swin blocks between.
///
///     ŷ ─ deconv 3×3↑ ─ RSTB ─ deconv 3×3↑ ─ RSTB ─ deconv 3×3↑ ─ RSTB ─ deconv 5×5↑ ─ x̂
///            M→N       6 blocks     N→N     4 blocks     N→N     2 blocks     N→3
///
/// `[N, M, H, W]` → `[N, 3, 16·H, 16·W]`. The sources are those of ``TICEncoder``.
public final class TICDecoder: StagedNetwork {
  private let layers: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - channels: N, the channels between the layers.
  ///   - expansionChannels: M, the channels of the latent.
  ///   - stages: three of them, those of the encoder, which are used from the last to the first.
  ///   - seeds: where the initial weights come from.
  public init(channels: Int, expansionChannels: Int, stages: SwinStages, seeds: SeedSequence) throws {
    func up(_ input: Int, _ output: Int, kernel: Int = 3) throws -> any Layer {
      try TransposedConvolution(inputChannels: input, outputChannels: output, kernel: kernel, seeds: seeds)
    }
    func block(_ stage: Int) throws -> any Layer { try ResidualSwinBlock(channels: channels, shape: stages.shape(stage), seeds: seeds) }
    let (n, m) = (channels, expansionChannels)
    layers = Sequential([
      try up(m, n), try block(2), try up(n, n), try block(1), try up(n, n), try block(0), try up(n, 3, kernel: 5),
    ])
  }

  /// The layers under their numbers, those that follow `g_s` in the authors' names.
  public var members: [Member] { layers.members }

  /// The layers in the order of their use.
  public var stages: [any Layer] { layers.layers }

  /// Returns the pictures, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }

  /// Not known, since windows do not move with a part of the picture, unless blocks of another kind stand in their place.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
