package import Torch

/// Attention with several heads of each place to its neighbours, with a bias for each offset: `[N, H·W, C]` to the same.
///
///     (q, k, v) = W₁·x + b₁          for each head: o_i = Σ_j softmax_j(q_i · k_j / √d + B(j − i)) · v_j, j in the window of i          y = W₂·o + b₂
///
/// The window of a place are the k×k places around it; at the border it is moved so that it stays inside, and holds the k×k nearest places. Hassani,
/// Walton, Li, Li, Shi, "Neighborhood attention transformer", CVPR 2023, section 3. For sides smaller than k the paper has no window; here windows have
/// that side then, where the authors' code adds places of zeros. On the CPU a kernel of our own does it (``NeighborhoodKernel``), else operators of libtorch.
package final class NeighborhoodSelfAttention: Module {
  private let projections: PlaneProjection
  private let table: Parameter  // [heads, 2·k − 1, 2·k − 1]
  private let output: LinearLayer
  private let heads: Int
  private let kernel: Int
  private let elementsAtOnce: Int

  /// Creates the attention with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - heads: a divisor of `channels`.
  ///   - kernel: k, odd.
  ///   - elementsAtOnce: how many numbers of gathered keys the operators hold at once.
  package init(channels: Int, heads: Int, kernel: Int, elementsAtOnce: Int = 4 * HeadAttention.scoresAtOnce, seeds: SeedSequence) throws {
    precondition(heads >= 1 && channels.isMultiple(of: heads) && kernel % 2 == 1, "checked by the plan")
    (self.heads, self.kernel, self.elementsAtOnce) = (heads, kernel, elementsAtOnce)
    projections = try PlaneProjection(inputs: channels, outputs: 3 * channels, seeds: seeds)
    table = try Parameter(Tensor.normal([heads, 2 * kernel - 1, 2 * kernel - 1], standardDeviation: 0.02, seed: seeds.next()))
    output = try LinearLayer(inputs: channels, outputs: channels, initialization: .normal(0.02), seeds: seeds)
  }

  /// The projections and the biases, under the names of the authors' `NeighborhoodAttention`.
  package var members: [Member] { [.module("qkv", projections), .parameter("rpb", table), .module("proj", output)] }

  /// Returns what each place gets of its neighbours.
  package func forward(_ tokens: Tensor, height: Int, width: Int) throws -> Tensor {
    let planes = try projections.forward(tokens)
    let grid = NeighborhoodGrid(kernel: kernel, height: height, width: width)
    let attended =
      NeighborhoodKernel.takes(planes, kernel: kernel)
      ? try NeighborhoodKernel(grid: grid, heads: heads).attended(planes, table: table.tensor)
      : try NeighborhoodOperators(grid: grid, heads: heads, elementsAtOnce: elementsAtOnce).attended(planes, table: table.tensor)
    return try output.forward(attended.permuted([0, 2, 1]))
  }
}
