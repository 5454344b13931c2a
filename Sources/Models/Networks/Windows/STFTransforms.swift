import Layers
public import Torch

/// The analysis transform of the symmetrical transformer: patches of 2×2 pixels, and four stages of Swin blocks that merge squares of four places between.
///
///     x ─ patches 2×2 ─ blocks ─ merge ─ blocks ─ merge ─ blocks ─ merge ─ blocks ─ y
///            3→E        2, E     E→2·E    2, 2·E  2·E→4·E   6, 4·E  4·E→8·E  2, 8·E
///
/// `[N, 3, H, W]` → `[N, 8·E, ⌈H/16⌉, ⌈W/16⌉]`. Zou, Song, Zhang, "The devil is in the details: window-based attention for image compression", CVPR 2022,
/// figure 6; what it leaves open is as in the authors' code, Googolxx/STF: E = 48, windows of 4, heads of 16, MLPs four times as wide. Patches and squares that are cut by the
/// border are filled up with zeros; windows are smaller there (``SwinBlock``). Stochastic depth in training is left out.
public final class STFEncoder: Layer {
  private let embedding: PatchEmbedding
  private let stages: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - embedding: E.
  ///   - stages: four of them.
  ///   - seeds: where the initial weights come from.
  public init(embedding width: Int, stages: SwinStages, seeds: SeedSequence) throws {
    embedding = try PatchEmbedding(inputChannels: 3, outputChannels: width, side: 2, seeds: seeds)
    self.stages = Sequential(
      try (0..<4).map { number in
        let channels = width << number
        return try SwinStage(channels: channels, shape: stages.shape(number), seeds: seeds) {
          number < 3 ? try PatchMerging(channels: channels, seeds: seeds) : nil
        }
      })
  }

  /// The parts under the authors' names.
  public var members: [Member] { [.module("patch_embed", embedding), .module("layers", stages)] }

  /// Returns the latent.
  public func forward(_ input: Tensor) throws -> Tensor { try stages.forward(Sequential([embedding]).forward(input)) }
}

/// The synthesis transform of the symmetrical transformer, the way back of ``STFEncoder``: stages that split places into squares between, and two convolutions.
///
///     ŷ ─ blocks ─ split ─ blocks ─ split ─ blocks ─ split ─ blocks ─ subpel 5×5↑ ─ conv 3×3 ─ x̂
///         2, 8·E  8·E→4·E   6, 4·E  4·E→2·E  2, 2·E  2·E→E    2, E       E→E          E→3
///
/// `[N, 8·E, H, W]` → `[N, 3, 16·H, 16·W]`. The sources are those of ``STFEncoder``.
public final class STFDecoder: Layer {
  private let stages: Sequential
  private let end: Sequential

  /// Creates the transform.
  ///
  /// - Parameters:
  ///   - embedding: E.
  ///   - stages: four of them, those of the encoder, which are used from the last to the first.
  ///   - seeds: where the initial weights come from.
  public init(embedding width: Int, stages: SwinStages, seeds: SeedSequence) throws {
    self.stages = Sequential(
      try (0..<4).reversed().map { number in
        let channels = width << number
        return try SwinStage(channels: channels, shape: stages.shape(number), seeds: seeds) {
          number > 0 ? try PatchSplitting(channels: channels, seeds: seeds) : nil
        }
      })
    end = Sequential([
      try Convolution(inputChannels: width, outputChannels: 4 * width, kernel: 5, stride: 1, seeds: seeds), PixelShuffling(factor: 2),
      try Convolution(inputChannels: width, outputChannels: 3, kernel: 3, stride: 1, seeds: seeds),
    ])
  }

  /// The parts under the authors' names.
  public var members: [Member] { [.module("syn_layers", stages), .module("end_conv", end)] }

  /// Returns the pictures, not clamped.
  public func forward(_ input: Tensor) throws -> Tensor { try end.forward(stages.forward(input)) }
}

/// Swin blocks and what changes the sides behind them.
private final class SwinStage: Layer {
  private let blocks: SwinBlock
  private let change: (any Layer)?

  init(channels: Int, shape: SwinShape, seeds: SeedSequence, change: () throws -> (any Layer)?) throws {
    blocks = try SwinBlock(channels: channels, shape: shape, seeds: seeds)
    self.change = try change()
  }

  var members: [Member] { blocks.members + (change.map { [.module("downsample", $0)] } ?? []) }

  func forward(_ input: Tensor) throws -> Tensor {
    let output = try blocks.forward(input)
    return try change?.forward(output) ?? output
  }
}

/// Runs of channels laid out as pixels.
private final class PixelShuffling: Layer {
  private let factor: Int

  init(factor: Int) { self.factor = factor }

  var members: [Member] { [] }

  func forward(_ input: Tensor) throws -> Tensor { try input.pixelsShuffled(factor: factor) }
}
