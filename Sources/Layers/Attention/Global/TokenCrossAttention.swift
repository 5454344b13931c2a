import Torch

/// Attention of some tokens to others, and two layers over each of the first: `[N, Q, C]` and `[N, S, C]` to `[N, Q, C]`.
///
///     t = x + W·attention(n₁(x) → n₂(y))          out = t + f(n₃(t)), f: C → ratio·C → C with a Gaussian error linear unit
///
/// Kim, Heo, Lee, "Joint global and local hierarchical priors for learned image compression", CVPR 2022, section 4.2. Scores are computed for some queries
/// at a time (``HeadAttention``). The names of the state are those of `CABlock` in naver-ai/informer.
final class TokenCrossAttention: Module {
  private let queryNormalization: LayerNormalization
  private let keyNormalization: LayerNormalization
  private let queries: LinearLayer
  private let keysAndValues: LinearLayer
  private let projection: LinearLayer
  private let feedNormalization: LayerNormalization
  private let feedForward: FeedForward
  private let width: Int
  private let heads: Int
  private let scoresAtOnce: Int

  init(width: Int, heads: Int, ratio: Double, scoresAtOnce: Int, seeds: SeedSequence) throws {
    (self.width, self.heads, self.scoresAtOnce) = (width, heads, scoresAtOnce)
    func layer(_ outputs: Int) throws -> LinearLayer { try LinearLayer(inputs: width, outputs: outputs, seeds: seeds) }
    queryNormalization = try LayerNormalization(features: width)
    keyNormalization = try LayerNormalization(features: width)
    (queries, keysAndValues, projection) = (try layer(width), try layer(2 * width), try layer(width))
    feedNormalization = try LayerNormalization(features: width)
    feedForward = try FeedForward(features: width, hidden: max(1, Int(Double(width) * ratio)), initialization: .uniform, seeds: seeds)
  }

  var members: [Member] {
    let attention = Parts(members: [.module("q", queries), .module("kv", keysAndValues), .module("proj", projection)])
    return [
      .module("norm_q", queryNormalization), .module("norm_kv", keyNormalization), .module("cross_attn", attention),
      .module("norm_mlp", feedNormalization), .module("mlp", feedForward),
    ]
  }

  func forward(_ tokens: Tensor, to others: Tensor) throws -> Tensor {
    let pairs = try keysAndValues.forward(keyNormalization.forward(others))
    let own = try queries.forward(queryNormalization.forward(tokens)) * (1 / Double(width / heads).squareRoot())
    let attended = try HeadAttention.output(
      queries: HeadAttention.split(own, heads: heads),
      keys: HeadAttention.split(pairs.narrowed(2, from: 0, length: width), heads: heads),
      values: HeadAttention.split(pairs.narrowed(2, from: width, length: width), heads: heads), scoresAtOnce: scoresAtOnce
    ) { scores, _, _ in scores }
    let sum = try tokens + projection.forward(attended)
    return try sum + feedForward.forward(feedNormalization.forward(sum))
  }

  private final class Parts: Module {
    let members: [Member]

    init(members: [Member]) { self.members = members }
  }
}
