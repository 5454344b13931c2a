import Layers
import Torch

/// One block of the Entroformer: self-attention to the most similar tokens, with a relative position encoding, and a network over each token.
///
///     s_ij = (q_i · k_j + q_i · r_{j − i}) / √D, of which the k largest are kept        x ← x + o(softmax(s) v), x ← x + f(x)
///
/// Both parts see the tokens normalized. r has an entry for each offset whose row and column distances add up to at most half of the table's side, a diamond,
/// and one entry for all that are farther.
final class TopKAttentionBlock: Module {
  private let normalization: TokenNormalization
  private let projections: TokenLinear
  private let output: TokenLinear
  private let positions: Parameter  // [side², D / heads]
  private let feedNormalization: TokenNormalization
  private let feedForward: TokenFeedForward
  private let width: Int
  private let heads: Int
  private let side: Int
  private let topK: Int

  init(width: Int, heads: Int, side: Int, topK: Int, seeds: SeedSequence) throws {
    (self.width, self.heads, self.side, self.topK) = (width, heads, side, topK)
    normalization = try TokenNormalization(width)
    projections = try TokenLinear(width, 3 * width, hasBias: false, seeds: seeds)
    output = try TokenLinear(width, width, hasBias: false, seeds: seeds)
    positions = try Parameter(Tensor.normal([side * side, width / heads], seed: seeds.next()))
    feedNormalization = try TokenNormalization(width)
    feedForward = try TokenFeedForward(width, ratio: 4, unit: .leaky(slope: 0.2), seeds: seeds)
  }

  var members: [Member] {
    [
      .module("norm1", normalization), .module("qkv", projections), .parameter("positions", positions), .module("output", output),
      .module("norm2", feedNormalization), .module("feed_forward", feedForward),
    ]
  }

  /// Returns the tokens, `[N, L, D]`, with what they got of those that may be seen, and of themselves.
  func forward(_ tokens: Tensor, grid: TokenGrid) throws -> Tensor {
    try traced {
      let (samples, count) = (tokens.shape[0], tokens.shape[1])
      let parts = try projections.forward(normalization.forward(tokens))
      func part(_ number: Int) throws -> Tensor {
        try HeadAttention.split(parts.narrowed(2, from: number * width, length: width), heads: heads)
      }
      let attended = try HeadAttention.output(queries: part(0), keys: part(1), values: part(2)) { scores, range, queries in
        let (buckets, hidden) = try grid.relations(of: range, side: side)
        let offsets = try queries.multiplied(byMatrix: positions.tensor.permuted([1, 0]))
          .gathered(along: 3, at: buckets.to(tokens.device).expanded([samples, heads, range.count, count]))
        let all = try ((scores + offsets) / Double(width).squareRoot()).filled(where: hidden.to(tokens.device), with: -1e30)
        guard topK < count else { return all }
        let least = try all.detached().largest(topK).narrowed(3, from: topK - 1, length: 1)
        return try all.filled(where: (all.detached() - least).isLess(than: 0), with: -1e30)
      }
      let sum = try tokens + output.forward(attended)
      return try sum + feedForward.forward(feedNormalization.forward(sum))
    }
  }
}

/// The places of a latent as tokens, and which of them may be seen.
struct TokenGrid {
  let height: Int
  let width: Int
  /// Whether a token may be seen by others.
  let isSeen: (_ row: Int, _ column: Int) -> Bool

  /// Returns for some queries and all keys the entry of the position table, int64, and whether the key is hidden from the query, `[1, 1, q, L]`.
  func relations(of queries: Range<Int>, side: Int) throws -> (buckets: Tensor, hidden: Tensor) {
    let (count, half) = (height * width, side / 2)
    let seen = (0..<count).map { isSeen($0 / width, $0 % width) }
    var buckets = [Int64](repeating: 0, count: queries.count * count)  // 0, a corner of the table, is outside the diamond
    var hidden = [Float](repeating: -1, count: queries.count * count)
    for (line, query) in queries.enumerated() {
      let (row, column) = (query / width, query % width)
      for key in seen.indices where seen[key] || key == query { hidden[line * count + key] = 0 }
      for down in max(-half, -row)...min(half, height - 1 - row) {
        let reach = half - abs(down)
        for right in max(-reach, -column)...min(reach, width - 1 - column) {
          buckets[line * count + query + down * width + right] = Int64((down + half) * side + right + half)
        }
      }
    }
    let shape = [1, 1, queries.count, count]
    return (try Tensor(buckets, shape: shape), try Tensor(hidden, shape: shape).isLess(than: 0))
  }
}
