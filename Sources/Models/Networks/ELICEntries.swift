public import Configuration
import Registry
import Torch

extension NetworkEntries {
  /// The networks of ELIC.
  static let elicNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.ELICEncoder", summary: "Convolutions that halve the sides, residual bottleneck blocks and attention.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "he2022elic", settings: BlockNetworkSettings.self
    ) { _, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      return NetworkPlan(input: StatedNumber(3), output: m, scale: .reduces(16), stages: Self.elicEncoderStages(n, m)) { seeds in
        try ELICEncoder(channels: n.value, expansionChannels: m.value, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.ELICDecoder",
      summary: "Transposed convolutions that double the sides, residual bottleneck blocks and attention.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "he2022elic", settings: BlockNetworkSettings.self
    ) { _, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(16), stages: Self.elicDecoderStages(n, m)) { seeds in
        try ELICDecoder(channels: n.value, expansionChannels: m.value, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.ELICHyperSynthesis",
      summary: "Two transposed convolutions that double the sides and a third layer, with rectified linear units: z to what predicts y.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors", paper: "he2022elic",
      settings: ELICHyperSynthesisSettings.self
    ) { settings, context in
      let n = try context.number("channels")
      let endsTransposed = settings.endsTransposed
      let source = endsTransposed ? n : try context.number("expansion_channels")
      let k = try settings.hyperChannels == nil ? source.scaled(to: 2 * source.value) : context.number("hyper_channels")
      return NetworkPlan(input: n, output: k, scale: .enlarges(4)) { seeds in
        try ELICHyperSynthesis(channels: n.value, outputChannels: k.value, endsTransposed: endsTransposed, seeds: seeds)
      }
    },
  ]
}

extension NetworkEntries {
  private static func elicEncoderStages(_ n: StatedNumber, _ m: StatedNumber) -> [NetworkStage] {
    let (down, blocks) = (NetworkStage(.resampling, n), NetworkStage.several(3, .residual, n))
    return [down] + blocks + [down] + blocks + [NetworkStage(.attention, n), down] + blocks
      + [NetworkStage(.resampling, m), NetworkStage(.attention, m)]
  }

  private static func elicDecoderStages(_ n: StatedNumber, _ m: StatedNumber) -> [NetworkStage] {
    let (up, blocks) = (NetworkStage(.resampling, n), NetworkStage.several(3, .residual, n))
    return [NetworkStage(.attention, m), up] + blocks + [up, NetworkStage(.attention, n)] + blocks + [up] + blocks
      + [NetworkStage(.resampling, StatedNumber(3))]
  }
}

/// The settings of encoders and decoders whose non-linearities are in their blocks; null takes what the model says.
public struct BlockNetworkSettings: ValidatedSettings {
  /// N, the channels between the layers.
  public var channels: Int?
  /// M, the channels of the latent.
  public var expansionChannels: Int?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
  }
}

/// The settings of `networks.ELICHyperSynthesis`; null takes what the model says.
public struct ELICHyperSynthesisSettings: ValidatedSettings {
  /// N, the channels of the second latent.
  public var channels: Int?
  /// M, the channels of the latent.
  public var expansionChannels: Int?
  /// K, the channels of the output; null takes 2·M, with a transposed convolution at the end 2·N.
  public var hyperChannels: Int?
  /// Whether the last layer is a transposed convolution.
  public var endsTransposed = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels), ("hyperChannels", hyperChannels)])
  }
}
