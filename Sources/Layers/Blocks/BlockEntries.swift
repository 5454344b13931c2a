public import Configuration
public import Registry
import Torch

/// The blocks of the catalogue; each makes a ``BlockPlan``.
public enum BlockEntries {
  /// All of them.
  public static let all: [Entry] =
    residualBlocks + combinations + windows + octaveBlocks + deformableBlocks + neighborhoods + globalAttention

  private static let residualBlocks: [Entry] = [
    Entry(
      BlockKind.self, "blocks.ResidualBlock", aliases: ["compressai.layers.ResidualBlock"],
      summary: "Two convolutions 3×3 with leaky rectified linear units, around which the input is added.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "cheng2020learned",
      equation: "out = x + ℓ(conv3×3(ℓ(conv3×3(x)))), ℓ a leaky rectified linear unit", settings: BlockSettings.self
    ) { _, context in
      let channels = try context.number("channels")
      return BlockPlan(channels: channels) { try ResidualBlock(channels: channels.value, seeds: $0) }
    },
    Entry(
      BlockKind.self, "blocks.ResidualBottleneck", aliases: ["compressai.layers.ResidualBottleneckBlock"],
      summary: "Three convolutions, the middle one at half the channels, around which the input is added.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "he2022elic",
      equation: "out = x + conv1×1(ReLU(conv3×3(ReLU(conv1×1(x)))))", settings: BlockSettings.self
    ) { _, context in
      let channels = try context.number("channels")
      return BlockPlan(channels: channels) { try ResidualBottleneckBlock(channels: channels.value, seeds: $0) }
    },
    Entry(
      BlockKind.self, "blocks.Attention", aliases: ["compressai.layers.AttentionBlock"],
      summary: "Simplified attention: a branch of residual units masks another one.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "cheng2020learned",
      equation: "out = x + a(x) · σ(b(x))", settings: BlockSettings.self
    ) { _, context in
      let channels = try context.number("channels")
      return BlockPlan(channels: channels) { try AttentionBlock(channels: channels.value, seeds: $0) }
    },
    Entry(
      BlockKind.self, "blocks.NonLocalAttention", summary: "Attention whose mask comes from a branch in which every place sees all others.",
      leaf: "Architectural Archetypes/Hierarchical Transformer/Global Attention", paper: "chen2021end",
      equation: "out = x + a(x) · σ(b(x)), b with a non-local block: x_i + w(Σ_j softmax_j(θ(x_i)·φ(x_j)) · g(x_j))",
      settings: BlockSettings.self
    ) { _, context in
      let channels = try context.number("channels")
      return BlockPlan(channels: channels) { try NonLocalAttentionBlock(channels: channels.value, seeds: $0) }
    },
  ]
}

/// The settings of blocks that have none but their channels.
public struct BlockSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { Self.problems(channels: channels) }

  /// What is out of the range of a block's channels.
  static func problems(channels: Int?) -> [(key: String, sentence: String)] {
    guard let channels, !(1...4096 ~= channels) else { return [] }
    return [("channels", "must be in 1 ... 4096, found \(channels)")]
  }
}
