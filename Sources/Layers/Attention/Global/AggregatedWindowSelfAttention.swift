import Torch

/// Attention whose queries are those of all windows together, matched against the places of each window: `[N, H, W, C]` to the same.
///
///     g = mean over windows of x          q = W₁·g + b₁          (k, v) = W₂·x + b₂
///     place i of each window: o_i = Σ_j softmax_j(q_i · k_j / √d + B(i − j)) · v_j, j in the window          y = W₃·o + b₃
///
/// g has one token for each place of a window, the same for all windows. Places of windows that the border cuts take part where they are.
final class AggregatedWindowSelfAttention: Layer {
  private let queries: LinearLayer
  private let keysAndValues: LinearLayer
  private let output: LinearLayer
  private let table: Parameter  // [(2·w − 1)², heads]
  private let window: Int
  private let heads: Int
  private let scoresAtOnce: Int

  init(channels: Int, heads: Int, window: Int, scoresAtOnce: Int, seeds: SeedSequence) throws {
    (self.heads, self.window, self.scoresAtOnce) = (heads, window, scoresAtOnce)
    func layer(_ outputs: Int) throws -> LinearLayer {
      try LinearLayer(inputs: channels, outputs: outputs, initialization: .normal(0.02), seeds: seeds)
    }
    (queries, keysAndValues, output) = (try layer(channels), try layer(2 * channels), try layer(channels))
    let span = 2 * window - 1
    table = try Parameter(Tensor.normal([span * span, heads], standardDeviation: 0.02, seed: seeds.next()))
  }

  var members: [Member] {
    [
      .parameter("relative_position_bias_table", table), .module("q_global", queries), .module("kv", keysAndValues),
      .module("proj", output),
    ]
  }

  func forward(_ input: Tensor) throws -> Tensor {
    let (shape, grid) = (input.shape, WindowGrid(window: window))
    let own = try queries.forward(aggregated(input)).slices(along: 1, at: positions(height: shape[1], width: shape[2]).to(input.device))
    let tokens = try Tensor.concatenated([own.reshaped(shape), keysAndValues.forward(input)], along: 3)
    if WindowAttentionKernel.takes(tokens, window: window) {
      return try output.forward(WindowAttentionKernel(grid: grid, heads: heads).attended(tokens, table: table.tensor))
    }
    let operators = WindowAttentionOperators(
      places: try WindowPlaces(grid, height: shape[1], width: shape[2], device: input.device), heads: heads,
      relations: try WindowSelfAttention.relations(window: window).reshaped([-1]).to(input.device), scoresAtOnce: scoresAtOnce)
    return try output.forward(operators.attended(tokens, table: table.tensor))
  }

  /// The mean over the windows that have a place, for each place of a window, `[N, w², C]`.
  private func aggregated(_ input: Tensor) throws -> Tensor {
    let (height, width) = (input.shape[1], input.shape[2])
    let (right, bottom) = ((window - width % window) % window, (window - height % window) % window)
    let whole = right + bottom == 0 ? input : try input.fromTokens().padded(left: 0, right: right, top: 0, bottom: bottom).asTokens()
    let (rows, columns) = ((height + bottom) / window, (width + right) / window)
    let sums = try whole.reshaped([input.shape[0], rows, window, columns, window, -1]).sum(over: [1, 3])
    func count(_ place: Int, _ side: Int) -> Int { (side - place + window - 1) / window }
    let shares = (0..<window * window).map { place in
      1 / Float(max(1, count(place / window, height) * count(place % window, width)))
    }
    let factors = try Tensor(shares, shape: [window * window, 1]).to(input.device)
    return try sums.reshaped([input.shape[0], window * window, -1]) * factors
  }

  /// Which place of its window each place of a picture is.
  private func positions(height: Int, width: Int) throws -> Tensor {
    let numbers = (0..<height * width).map { Int64($0 / width % window * window + $0 % width % window) }
    return try Tensor(numbers, shape: [numbers.count])
  }
}
