public import Torch

/// The residual neighbourhood attention block: blocks of the neighbourhood attention transformer one after the other, around which the input is added.
///
///     out = x + (b_depth ∘ … ∘ b₁)(x)
///
/// `[N, C, H, W]` to the same, for any sides; b are ``NeighborhoodAttentionBlock``s. Lu, Ma, "High-efficiency lossy image coding through adaptive
/// neighborhood information aggregation", 2022, section 3.2 and figure 3 (RNAB); with a convolution before it, it is their integrated convolution and
/// self-attention unit. The names of the state are those of `ResViTBlock` in lumingzzz/TinyLIC.
public final class ResidualNeighborhoodAttentionBlock: LocalLayer {
  private let blocks: [NeighborhoodAttentionBlock]

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - depth: how many blocks there are.
  ///   - heads: a divisor of `channels`.
  ///   - kernel: k, the side of a window, odd.
  ///   - ratio: how many times as wide the layers over features are between.
  public init(channels: Int, depth: Int = 2, heads: Int, kernel: Int = 7, ratio: Double = 2, seeds: SeedSequence) throws {
    blocks = try (0..<depth).map { _ in
      try NeighborhoodAttentionBlock(channels: channels, heads: heads, kernel: kernel, ratio: ratio, seeds: seeds)
    }
  }

  /// The blocks: `residual_group.blocks.NUMBER`.
  public var members: [Member] { [.module("residual_group", Group(blocks: blocks))] }

  /// Returns the sum of the input and what the blocks make of it.
  public func forward(_ input: Tensor) throws -> Tensor {
    let shape = input.shape
    let tokens = try input.asTokens().reshaped([shape[0], -1, shape[1]])
    var features = tokens
    for block in blocks { features = try block.forward(tokens: features, height: shape[2], width: shape[3]) }
    return try (features + tokens).reshaped([shape[0], shape[2], shape[3], shape[1]]).fromTokens()
  }

  /// The rows that the blocks need, from the last to the first.
  public func inputRows(for rows: Range<Int>) -> Range<Int> { blocks.reduce(rows) { $1.inputRows(for: $0) } }

  /// The blocks where the authors' code has them.
  private final class Group: Module {
    let members: [Member]

    init(blocks: [NeighborhoodAttentionBlock]) {
      members = [.module("blocks", List(members: blocks.enumerated().map { .module(String($0.offset), $0.element) }))]
    }
  }

  private final class List: Module {
    let members: [Member]

    init(members: [Member]) { self.members = members }
  }
}
