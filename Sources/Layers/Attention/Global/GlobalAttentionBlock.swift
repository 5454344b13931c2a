public import Torch

/// Attention of all places to the whole picture by way of a few learned tokens: `[N, C, H, W]` to the same, for any sides.
///
///     x ──┬───────────────────────────────┐
///         │                               ├─ places attend to g ─ f ─ out
///     q ──┴─ tokens attend to x ─ f ─ g ──┘
///
///     g = a(q, x), out = a'(x, g), q: [T, C]
///
/// a and a' are a ``TokenCrossAttention`` each. Every place hears of every other, while time and memory grow with the number of places and not with its square.
/// Kim, Heo, Lee, "Joint global and local hierarchical priors for learned image compression", CVPR 2022, section 4.2 and figure 3 (Informer).
///
/// The paper has both attentions around a quantized latent, in its entropy model (`side_information.GlobalLocal`); here they follow one another, as a block
/// of a transform. There is no position encoding, as in the paper. Tokens start normal, with a standard deviation of 1. The names of the state are those of
/// naver-ai/informer: `global_tokens`, `ca_a` and `ca_s`.
public final class GlobalAttentionBlock: Layer {
  private let queries: Parameter  // [T, C]
  private let gathering: TokenCrossAttention
  private let spreading: TokenCrossAttention

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - tokens: T.
  ///   - heads: those of both attentions, a divisor of `channels`.
  ///   - ratio: how many times as wide the layers over features are between.
  public convenience init(channels: Int, tokens: Int = 8, heads: Int, ratio: Double = 4, seeds: SeedSequence) throws {
    try self.init(
      channels: channels, tokens: tokens, heads: heads, ratio: ratio, scoresAtOnce: HeadAttention.scoresAtOnce, seeds: seeds)
  }

  package init(channels: Int, tokens: Int, heads: Int, ratio: Double, scoresAtOnce: Int, seeds: SeedSequence) throws {
    precondition(tokens >= 1 && heads >= 1 && channels.isMultiple(of: heads), "checked by the plan")
    queries = try Parameter(Tensor.normal([tokens, channels], seed: seeds.next()))
    gathering = try TokenCrossAttention(width: channels, heads: heads, ratio: ratio, scoresAtOnce: scoresAtOnce, seeds: seeds)
    spreading = try TokenCrossAttention(width: channels, heads: heads, ratio: ratio, scoresAtOnce: scoresAtOnce, seeds: seeds)
  }

  /// The tokens and both attentions.
  public var members: [Member] {
    [.parameter("global_tokens", queries), .module("ca_a", gathering), .module("ca_s", spreading)]
  }

  /// Returns the places after they heard of the whole picture.
  public func forward(_ input: Tensor) throws -> Tensor {
    let shape = input.shape
    let places = try input.asTokens().reshaped([shape[0], -1, shape[1]])
    let own = try queries.tensor.reshaped([1] + queries.tensor.shape).expanded([shape[0]] + queries.tensor.shape)
    let global = try gathering.forward(own, to: places)
    return try spreading.forward(places, to: global).reshaped([shape[0], shape[2], shape[3], shape[1]]).fromTokens()
  }
}
