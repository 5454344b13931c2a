public import Torch

/// The residual Swin transformer block: Swin blocks around which the input is added once more, `[N, C, H, W]` to the same.
///
///     ┌────────────────────────────────────────────┐
///     x ─ W-MSA block ─ SW-MSA block ─ … (depth) ─(+)
///
/// Lu, Guo, Shi, Cao, Ma, "Transformer-based image compression", DCC 2022, figure 1, after Liang et al., "SwinIR: image restoration using Swin transformer",
/// ICCV workshops 2021, without the convolution that SwinIR has at the end. Windows are those of ``SwinBlock``. The state is that of `RSTB` in lumingzzz/TIC, without the masks that it keeps.
public final class ResidualSwinBlock: Layer {
  private let group: SwinBlock

  /// Creates the block with random weights drawn from `seeds`.
  public init(channels: Int, shape: SwinShape, seeds: SeedSequence) throws {
    group = try SwinBlock(channels: channels, shape: shape, seeds: seeds)
  }

  /// The Swin blocks.
  public var members: [Member] { [.module("residual_group", group)] }

  /// Returns the places after all blocks with the input added.
  public func forward(_ input: Tensor) throws -> Tensor {
    let tokens = try input.asTokens()
    return try (group.forward(tokens: tokens) + tokens).fromTokens()
  }
}
