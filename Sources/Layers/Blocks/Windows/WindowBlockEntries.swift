public import Configuration
import Registry
import Torch

extension BlockEntries {
  private static let local = "Architectural Archetypes/Hierarchical Transformer/Local Attention"
  private static let shifting = "\(local)/Shifting-window-based Attention"

  /// The blocks of attention within windows.
  static let windows: [Entry] = [
    Entry(
      BlockKind.self, "blocks.Swin", summary: "Swin transformer blocks, every other one over moved windows.", leaf: shifting,
      paper: "liu2021swin", equation: "x' = x + (S)W-MSA(norm(x)), out = x' + MLP(norm(x'))", settings: SwinBlockSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let shape = try settings.shape(channels, context: context)
      return BlockPlan(channels: channels) { try SwinBlock(channels: channels.value, shape: shape, seeds: $0) }
    },
    Entry(
      BlockKind.self, "blocks.ResidualSwin", summary: "Swin transformer blocks around which the input is added once more.", leaf: shifting,
      paper: "lu2021transformer", equation: "out = x + b_depth(… b_1(x)), b_i a block of blocks.Swin", settings: SwinBlockSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let shape = try settings.shape(channels, context: context)
      return BlockPlan(channels: channels) { try ResidualSwinBlock(channels: channels.value, shape: shape, seeds: $0) }
    },
    Entry(
      BlockKind.self, "blocks.WindowAttention",
      summary: "A branch with attention within windows masks another one of residual units.", leaf: shifting, paper: "zou2022devil",
      equation: "out = x + a(x) · σ(b(x + W-MSA(x)))", settings: WindowAttentionSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      let heads = try settings.choice.heads(channels, context: context)
      return BlockPlan(channels: channels) {
        try WindowAttentionBlock(
          channels: channels.value, heads: heads, window: settings.window, shift: settings.shift ?? settings.window / 2, seeds: $0)
      }
    },
    Entry(
      BlockKind.self, "blocks.TransformerCNNMixture",
      summary: "A Swin block and a residual block side by side, each on half of the channels.", leaf: "\(local)/Transformer-CNN Mixture",
      paper: "liu2023learned", equation: "(u, v) = conv 1×1(x), out = x + conv 1×1(u + residual block(u), (S)W-MSA block(v))",
      settings: SwinBlockSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      guard channels.value.isMultiple(of: 2) else {
        throw ConfigurationError(
          mark: context.mark(of: "channels"), path: context.path(of: "channels"),
          "must be even, for two halves, found \(channels.value); wrap the block in blocks.Adapted, which gives it other channels")
      }
      let shape = try settings.shape(channels.half, context: context)
      return BlockPlan(channels: channels) { seeds in
        Sequential(
          try (0..<shape.depth).map {
            try TransformerCNNBlock(
              channels: channels.value, heads: shape.heads, window: shape.window, isMoved: $0 % 2 == 1, ratio: shape.ratio, seeds: seeds)
          })
      }
    },
    Entry(
      BlockKind.self, "blocks.SwinAttention",
      summary: "Two convolutions 1×1 around an attention module whose mask comes from Swin blocks, as entropy models have it.",
      leaf: "\(local)/Transformer-CNN Mixture", alsoIn: [shifting], paper: "liu2023learned",
      equation: "u = conv 1×1(x), out = conv 1×1(u + a(u) · σ(b(s(u)))), s two blocks of blocks.Swin", settings: SwinAttentionSettings.self
    ) { settings, context in
      let channels = try context.number("channels")
      return BlockPlan(channels: channels) {
        try SwinAttentionModule(
          inputChannels: channels.value, outputChannels: channels.value, width: settings.width, heads: settings.width / settings.headDim,
          window: settings.window, seeds: $0)
      }
    },
  ]
}

/// The settings of `blocks.SwinAttention`.
public struct SwinAttentionSettings: ValidatedSettings {
  /// C, the channels of input and output, 1 to 4096; null takes those of the place.
  public var channels: Int?
  /// The channels between the convolutions 1×1, 1 to 4096.
  public var width = 128
  /// How many numbers a head has, a divisor of the width.
  public var headDim = 16
  /// The side of the windows, 2 to 64.
  public var window = 8

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = BlockSettings.problems(channels: channels) + HeadChoice.problems(window: window)
    if !(1...4096 ~= width) { found.append(("width", "must be in 1 ... 4096, found \(width)")) }
    if headDim < 1 || !width.isMultiple(of: max(headDim, 1)) {
      found.append(("headDim", "must divide the width \(width), found \(headDim)"))
    }
    return found
  }
}
