public import Torch

/// Swin transformer blocks, every other one over moved windows, so that neighbouring windows hear of each other: `[N, C, H, W]` to the same.
///
///     x ─ W-MSA block ─ SW-MSA block ─ … (depth of them)
///
///     x' = x + (S)W-MSA(norm(x)),  out = x' + MLP(norm(x'))
///
/// Liu et al., "Swin transformer: hierarchical vision transformer using shifted windows", ICCV 2021, section 3.1 and figure 3b. Windows start in the upper
/// left corner, moved ones half a window in; at the border they are smaller, and nothing is padded (the authors pad with zeros, which take part). Windows do not move with a part of
/// the picture, so that how far the block sees is not told. The state is that of a `BasicLayer` in microsoft/Swin-Transformer, without the masks that it keeps.
public final class SwinBlock: Layer {
  private let blocks: [SwinLayer]

  /// Creates the blocks with random weights drawn from `seeds`.
  public init(channels: Int, shape: SwinShape, seeds: SeedSequence) throws {
    blocks = try (0..<shape.depth).map {
      try SwinLayer(channels: channels, heads: shape.heads, grid: shape.grid(of: $0), ratio: shape.ratio, seeds: seeds)
    }
  }

  /// The blocks under their numbers, within `blocks`.
  public var members: [Member] { [.module("blocks", Sequential(blocks))] }

  /// Returns the places after all blocks.
  public func forward(_ input: Tensor) throws -> Tensor { try forward(tokens: input.asTokens()).fromTokens() }

  func forward(tokens: Tensor) throws -> Tensor { try blocks.reduce(tokens) { try $1.forward($0) } }
}
