public import Configuration
import Registry
import Torch

extension BlockEntries {
  /// The blocks in which every place hears of the whole picture.
  static let globalAttention: [Entry] = [
    Entry(
      BlockKind.self, "blocks.GlobalAttention",
      summary: "Attention of all places to a few learned tokens that attended to all places before.",
      leaf: "Architectural Archetypes/Hierarchical Transformer/Global Attention", paper: "kim2022joint",
      equation: "g = a(q, x), out = a'(x, g), a(x, y): t = x + attention of n(x) to n(y), t + f(n(t))",
      settings: GlobalAttentionSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let heads = try context.heads(settings.heads, channels: channels)
      return BlockPlan(channels: channels) { seeds in
        try GlobalAttentionBlock(
          channels: channels.value, tokens: settings.tokens, heads: heads, ratio: settings.ratio, seeds: seeds)
      }
    },
    Entry(
      BlockKind.self, "blocks.AggregatedWindowAttention",
      summary: "Attention within windows, and then of queries that aggregate all windows to the places of each.",
      leaf: "Architectural Archetypes/Hierarchical Transformer/Global Attention",
      alsoIn: ["Architectural Archetypes/Hierarchical Transformer/Local Attention"], paper: "khoshkhahtinat2023multi",
      equation: """
        t = W-MSA block of x, g = mean over windows of n(t)
        u = t + attention of g to n(t) in each window, out = u + f(n(u))
        """,
      settings: AggregatedWindowAttentionSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let heads = try context.heads(settings.heads, channels: channels)
      return BlockPlan(channels: channels) { seeds in
        try AggregatedWindowAttentionBlock(
          channels: channels.value, heads: heads, window: settings.window, ratio: settings.ratio, seeds: seeds)
      }
    },
  ]
}

/// The settings of `blocks.GlobalAttention`.
public struct GlobalAttentionSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The number of learned tokens, 1 to 256.
  public var tokens = 8
  /// The heads of both attentions, 1 to 64, a divisor of the channels; null takes the greatest divisor up to 8.
  public var heads: Int?
  /// How many times as wide the layers over features are between, 0.25 to 8.
  public var ratio = 4.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found = BlockSettings.problems(channels: channels) + TransformerRanges.problems(heads: heads, ratio: ratio)
    return 1...256 ~= tokens ? found : found + [("tokens", "must be in 1 ... 256, found \(tokens)")]
  }
}

/// The settings of `blocks.AggregatedWindowAttention`.
public struct AggregatedWindowAttentionSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The heads of both attentions, 1 to 64, a divisor of the channels; null takes the greatest divisor up to 8.
  public var heads: Int?
  /// The side of a window, 1 to 32.
  public var window = 8
  /// How many times as wide the layers over features are between, 0.25 to 8.
  public var ratio = 4.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found = BlockSettings.problems(channels: channels) + TransformerRanges.problems(heads: heads, ratio: ratio)
    return 1...32 ~= window ? found : found + [("window", "must be in 1 ... 32, found \(window)")]
  }
}
