public import Configuration
public import Registry
import Torch

extension NetworkEntries {
  /// The encoders, decoders and hyper networks of residual blocks.
  static let residualNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.Cheng2020AnchorEncoder", summary: "Residual blocks that halve the sides.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "cheng2020learned", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: StatedNumber(3), output: n, scale: .reduces(16), stages: Self.residualStages("↓r↓r↓r↓", n)) { seeds in
        try Cheng2020AnchorEncoder(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.Cheng2020AnchorDecoder", summary: "Residual blocks that double the sides.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "cheng2020learned", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: n, output: StatedNumber(3), scale: .enlarges(16), stages: Self.residualStages("r↑r↑r↑r3", n)) { seeds in
        try Cheng2020AnchorDecoder(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.Cheng2020AttentionEncoder", summary: "Residual blocks that halve the sides, with attention.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "cheng2020learned", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: StatedNumber(3), output: n, scale: .reduces(16), stages: Self.residualStages("↓r↓ar↓r↓a", n)) { seeds in
        try Cheng2020AttentionEncoder(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.Cheng2020AttentionDecoder", summary: "Residual blocks that double the sides, with attention.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "cheng2020learned", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: n, output: StatedNumber(3), scale: .enlarges(16), stages: Self.residualStages("ar↑r↑ar↑r3", n)) { seeds in
        try Cheng2020AttentionDecoder(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.Cheng2020HyperAnalysis", summary: "Five convolutions of which two halve the sides: y to z.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      paper: "cheng2020learned", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: n, output: n, scale: .reduces(4)) { seeds in
        try Cheng2020HyperAnalysis(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.Cheng2020HyperSynthesis",
      summary: "Convolutions and two sub-pixel convolutions that double the sides: z to what predicts y.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      paper: "cheng2020learned", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context, expansion: "channels") { n, _ in
        [n, n.scaled(to: n.value * 3 / 2)]
      }
      let n = parts.channels
      return NetworkPlan(input: n, output: n.scaled(to: 2 * n.value), scale: .enlarges(4)) { seeds in
        try Cheng2020HyperSynthesis(channels: n.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
  ]
}

extension NetworkEntries {
  /// Stages by letters: r and a for residual blocks and attention, all others change the sides; 3 gives pictures.
  private static func residualStages(_ letters: String, _ n: StatedNumber) -> [NetworkStage] {
    letters.map { letter in
      switch letter {
      case "r": NetworkStage(.residual, n)
      case "a": NetworkStage(.attention, n)
      case "3": NetworkStage(.resampling, StatedNumber(3))
      default: NetworkStage(.resampling, n)
      }
    }
  }
}

/// The settings of the networks of Cheng and others (2020); null takes what the model says.
public struct ResidualNetworkSettings: ValidatedSettings {
  /// The non-linearity of the blocks that change the sides, or between the layers of a hyper network; on the way back it is the inverse.
  public var activation: Component<NonlinearityKind>?
  /// N, the channels of all layers and of the latents.
  public var channels: Int?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { ChannelCheck.problems([("channels", channels)]) }
}
