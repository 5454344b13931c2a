public import Configuration
import Registry
import Torch

extension BlockEntries {
  /// The blocks of attention to neighbours.
  static let neighborhoods: [Entry] = [
    Entry(
      BlockKind.self, "blocks.NeighborhoodAttention",
      summary: "Attention of each place to the k×k places nearest to it, and two layers over each place's features.",
      leaf: "Architectural Archetypes/Hierarchical Transformer/Local Attention/Residual Neighborhood Attention",
      paper: "hassani2023neighborhood",
      equation: """
        t = x + attention(n(x)), out = t + f(n(t))
        o_i = Σ_j softmax_j(q_i·k_j / √d + B(j − i))·v_j, j in the window of i
        """, settings: NeighborhoodAttentionSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let heads = try context.heads(settings.heads, channels: channels)
      return BlockPlan(channels: channels) { seeds in
        try NeighborhoodAttentionBlock(
          channels: channels.value, heads: heads, kernel: settings.kernel, ratio: settings.ratio, seeds: seeds)
      }
    },
    Entry(
      BlockKind.self, "blocks.ResidualNeighborhoodAttention",
      summary: "Blocks of attention to neighbours one after the other, around which the input is added.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks/Residual Neighborhood Attention",
      alsoIn: ["Architectural Archetypes/Hierarchical Transformer/Local Attention/Residual Neighborhood Attention"], paper: "lu2022high",
      equation: "out = x + b_k(… b_1(x)), b neighbourhood attention", settings: ResidualNeighborhoodAttentionSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let heads = try context.heads(settings.heads, channels: channels)
      return BlockPlan(channels: channels) { seeds in
        try ResidualNeighborhoodAttentionBlock(
          channels: channels.value, depth: settings.depth, heads: heads, kernel: settings.kernel, ratio: settings.ratio, seeds: seeds)
      }
    },
  ]
}

extension BuildContext {
  /// The heads of a block's attention: those that are written, or the greatest divisor of its channels up to 8.
  ///
  /// - Throws: `ConfigurationError` where they do not divide the channels.
  func heads(_ heads: Int?, channels: StatedNumber) throws(ConfigurationError) -> Int {
    let heads = heads ?? AttentionHeads.fitting(8, channels: channels.value)
    guard channels.value.isMultiple(of: heads) else {
      throw ConfigurationError(
        mark: mark(of: "heads"), path: path(of: "heads"),
        "must divide the \(channels.value) channels of the block\(channels.origin), found \(heads)")
    }
    return heads
  }
}

/// The settings of `blocks.NeighborhoodAttention`.
public struct NeighborhoodAttentionSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The heads of the attention, 1 to 64, a divisor of the channels; null takes the greatest divisor up to 8.
  public var heads: Int?
  /// k, the side of a window, odd, 3 to 31.
  public var kernel = 7
  /// How many times as wide the layers over features are between, 0.25 to 8.
  public var ratio = 2.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    BlockSettings.problems(channels: channels) + TransformerRanges.problems(heads: heads, ratio: ratio)
      + TransformerRanges.problems(kernel: kernel)
  }
}

/// The settings of `blocks.ResidualNeighborhoodAttention`.
public struct ResidualNeighborhoodAttentionSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// How many blocks there are, 1 to 24.
  public var depth = 2
  /// The heads of the attention, 1 to 64, a divisor of the channels; null takes the greatest divisor up to 8.
  public var heads: Int?
  /// k, the side of a window, odd, 3 to 31.
  public var kernel = 7
  /// How many times as wide the layers over features are between, 0.25 to 8.
  public var ratio = 2.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found =
      BlockSettings.problems(channels: channels) + TransformerRanges.problems(heads: heads, ratio: ratio)
      + TransformerRanges.problems(kernel: kernel)
    return 1...24 ~= depth ? found : found + [("depth", "must be in 1 ... 24, found \(depth)")]
  }
}

/// What is out of range of the settings that blocks of transformers share.
enum TransformerRanges {
  static func problems(heads: Int?, ratio: Double) -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if let heads, !(1...64 ~= heads) { found.append(("heads", "must be in 1 ... 64, found \(heads)")) }
    if !(0.25...8 ~= ratio) { found.append(("ratio", "must be in 0.25 ... 8, found \(ratio)")) }
    return found
  }

  static func problems(kernel: Int) -> [(key: String, sentence: String)] {
    kernel % 2 == 1 && 3...31 ~= kernel ? [] : [("kernel", "must be an odd number in 3 ... 31, found \(kernel)")]
  }
}
