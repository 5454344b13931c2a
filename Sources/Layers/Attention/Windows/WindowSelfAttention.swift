package import Torch

/// Attention with several heads among the places of each window, with a bias for each offset of two places: `[N, H, W, C]` to the same.
///
///     (q, k, v) = W₁·x + b₁          for each head: o_i = Σ_j softmax_j(q_i · k_j / √d + B(i − j)) · v_j          y = W₂·o + b₂
///
/// Liu et al., "Swin transformer: hierarchical vision transformer using shifted windows", ICCV 2021, equation 4. How windows at the border are is said by
/// ``WindowGrid``. On the CPU a kernel of our own does it where it can (``WindowAttentionKernel``), else operators of libtorch, in pieces.
package final class WindowSelfAttention: Layer {
  /// The names of the state.
  package enum Naming: Sendable {
    /// `qkv`, `proj`, `relative_position_bias_table` `[(2·w − 1)², heads]` and `relative_position_index`, as in microsoft/Swin-Transformer.
    case swin
    /// `embedding_layer`, `linear` and `relative_position_params` `[heads, 2·w − 1, 2·w − 1]`, as in jmliu206/LIC_TCM.
    case mixture
  }

  private let projections: LinearLayer
  private let output: LinearLayer
  private let table: Parameter
  private let relations: Buffer  // [w², w²], int64
  private let grid: WindowGrid
  private let heads: Int
  private let naming: Naming
  private let scoresAtOnce: Int
  private var places: WindowPlaces?

  /// Creates the attention with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - heads: a divisor of `channels`.
  ///   - scoresAtOnce: how many scores a piece holds at most.
  package init(
    channels: Int, heads: Int, grid: WindowGrid, naming: Naming = .swin, scoresAtOnce: Int = HeadAttention.scoresAtOnce, seeds: SeedSequence
  ) throws {
    precondition(heads >= 1 && channels.isMultiple(of: heads), "checked by the plan")
    (self.heads, self.grid, self.naming, self.scoresAtOnce) = (heads, grid, naming, scoresAtOnce)
    let initialization: LinearLayer.Initialization = naming == .swin ? .normal(0.02) : .uniform
    projections = try LinearLayer(inputs: channels, outputs: 3 * channels, initialization: initialization, seeds: seeds)
    output = try LinearLayer(inputs: channels, outputs: channels, initialization: initialization, seeds: seeds)
    let span = 2 * grid.window - 1
    let shape = naming == .swin ? [span * span, heads] : [heads, span, span]
    table = try Parameter(Tensor.normal(shape, standardDeviation: 0.02, seed: seeds.next()))
    relations = Buffer(try Self.relations(window: grid.window))
  }

  /// The number in the table of each pair of a window's places, `[w², w²]`.
  static func relations(window: Int) throws -> Tensor {
    let area = window * window
    let numbers = (0..<area * area).map { pair -> Int64 in
      let (i, j) = (pair / area, pair % area)
      return Int64((i / window - j / window + window - 1) * (2 * window - 1) + i % window - j % window + window - 1)
    }
    return try Tensor(numbers, shape: [area, area])
  }

  /// The projections and the biases.
  package var members: [Member] {
    switch naming {
    case .swin:
      [
        .parameter("relative_position_bias_table", table), .buffer("relative_position_index", relations), .module("qkv", projections),
        .module("proj", output),
      ]
    case .mixture:
      [.parameter("relative_position_params", table), .module("embedding_layer", projections), .module("linear", output)]
    }
  }

  /// Returns what each place gets of its window.
  package func forward(_ input: Tensor) throws -> Tensor {
    let tokens = try projections.forward(input)
    let table = naming == .swin ? table.tensor : try table.tensor.permuted([1, 2, 0]).reshaped([-1, heads])
    if WindowAttentionKernel.takes(tokens, window: grid.window) {
      return try output.forward(WindowAttentionKernel(grid: grid, heads: heads).attended(tokens, table: table))
    }
    let operators = WindowAttentionOperators(
      places: try places(of: tokens), heads: heads, relations: try relations.tensor.reshaped([-1]).to(tokens.device),
      scoresAtOnce: scoresAtOnce)
    return try output.forward(operators.attended(tokens, table: table))
  }

  /// The places of pictures of the size of `tokens`, kept for the next ones.
  private func places(of tokens: Tensor) throws -> WindowPlaces {
    let (height, width) = (tokens.shape[1], tokens.shape[2])
    if let places, places.height == height, places.width == width, places.device == tokens.device { return places }
    let made = try WindowPlaces(grid, height: height, width: width, device: tokens.device)
    places = made
    return made
  }
}
