import Configuration
import Registry
import Torch

extension NetworkEntries {
  /// The networks of MLIC and MLIC++.
  static let mlicNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.MLICEncoder", summary: "Residual blocks with Gaussian error linear units that halve the sides.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "jiang2023mlic", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: StatedNumber(3), output: m, scale: .reduces(16), stages: encoderStages(n, m)) { seeds in
        try MLICEncoder(channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.MLICDecoder", summary: "Residual blocks with Gaussian error linear units that double the sides.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks", paper: "jiang2023mlic", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(16), stages: decoderStages(n, m)) { seeds in
        try MLICDecoder(channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.MLICHyperAnalysis", summary: "Five convolutions of which two halve the sides: y to z.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      paper: "jiang2023mlic", settings: BlockNetworkSettings.self
    ) { _, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      return NetworkPlan(input: m, output: n, scale: .reduces(4)) { seeds in
        try MLICHyperAnalysis(channels: n.value, expansionChannels: m.value, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.MLICHyperSynthesis",
      summary: "Convolutions and two sub-pixel convolutions that double the sides: z to what predicts y.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      paper: "jiang2023mlic", settings: BlockNetworkSettings.self
    ) { _, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      return NetworkPlan(input: n, output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try MLICHyperSynthesis(channels: n.value, expansionChannels: m.value, seeds: seeds)
      }
    },
  ]

  private static func encoderStages(_ n: StatedNumber, _ m: StatedNumber) -> [NetworkStage] {
    (0..<3).flatMap { _ in [NetworkStage(.resampling, n), NetworkStage(.residual, n)] } + [NetworkStage(.resampling, m)]
  }

  private static func decoderStages(_ n: StatedNumber, _ m: StatedNumber) -> [NetworkStage] {
    [NetworkStage(.residual, m)] + (0..<3).flatMap { _ in [NetworkStage(.resampling, n), NetworkStage(.residual, n)] }
      + [NetworkStage(.resampling, StatedNumber(3))]
  }
}
