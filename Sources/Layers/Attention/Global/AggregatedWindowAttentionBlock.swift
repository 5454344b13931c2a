public import Torch

/// Attention within windows, and then of queries that aggregate all windows: `[N, C, H, W]` to the same, for any sides.
///
///     x ─ W-MSA block ─ t ─┬─ n ─┬─ mean over windows ─ q ─┐
///                          │     └─ keys and values ───────┴─ within each window ─(+)─ u ─ u + f(n(u)) ─ out
///                          └──────────────────────────────────────────────────────┘
///
/// Both parts have two layers over each place's features behind them. Khoshkhahtinat, Zafari, Mehta, Akyash, Kashiani, Nasrabadi, "Multi-context dual
/// hyper-prior neural image compression", ICMLA 2023: the aggregated-windows transformer (AGWinT), which extracts global queries and matches them against the
/// local patches, so that a place hears of all windows.
///
/// What its public description leaves open and how it is decided here: the order of both parts (windows first); how windows are aggregated (by the mean of
/// their places in like positions); that both parts have biases of relative positions and the same window. Windows start in the upper left corner; at the
/// border they are smaller, nothing is padded (a place that is alone in its window has nothing to match queries against). There is no public code; the
/// state's names are ours.
public final class AggregatedWindowAttentionBlock: Layer {
  private let local: SwinLayer
  private let normalization: LayerNormalization
  private let attention: AggregatedWindowSelfAttention
  private let feedNormalization: LayerNormalization
  private let feedForward: FeedForward

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - heads: those of both attentions, a divisor of `channels`.
  ///   - window: the side of a window.
  ///   - ratio: how many times as wide the layers over features are between.
  public convenience init(channels: Int, heads: Int, window: Int = 8, ratio: Double = 4, seeds: SeedSequence) throws {
    try self.init(
      channels: channels, heads: heads, window: window, ratio: ratio, scoresAtOnce: HeadAttention.scoresAtOnce, seeds: seeds)
  }

  package init(channels: Int, heads: Int, window: Int, ratio: Double, scoresAtOnce: Int, seeds: SeedSequence) throws {
    precondition(heads >= 1 && channels.isMultiple(of: heads), "checked by the plan")
    local = try SwinLayer(channels: channels, heads: heads, grid: WindowGrid(window: window), ratio: ratio, seeds: seeds)
    normalization = try LayerNormalization(features: channels)
    attention = try AggregatedWindowSelfAttention(
      channels: channels, heads: heads, window: window, scoresAtOnce: scoresAtOnce, seeds: seeds)
    feedNormalization = try LayerNormalization(features: channels)
    feedForward = try FeedForward(features: channels, hidden: max(1, Int(Double(channels) * ratio)), seeds: seeds)
  }

  /// The local part and those of the global one.
  public var members: [Member] {
    [
      .module("local", local), .module("norm1", normalization), .module("attn", attention), .module("norm2", feedNormalization),
      .module("mlp", feedForward),
    ]
  }

  /// Returns the places after they heard of all windows.
  public func forward(_ input: Tensor) throws -> Tensor {
    let tokens = try local.forward(input.asTokens())
    let sum = try tokens + attention.forward(normalization.forward(tokens))
    return try (sum + feedForward.forward(feedNormalization.forward(sum))).fromTokens()
  }
}
