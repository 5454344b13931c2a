import Configuration
import Registry
import Torch

extension NetworkEntries {
  private static let mixture = "Architectural Archetypes/Hierarchical Transformer/Local Attention/Transformer-CNN Mixture"
  private static let swinPriors = "Hierarchical Priors/Global Context Modeling/Attention Based Models/Swin Transformer-based Attention"
  private static let block = "(u, v) = conv 1×1(x), out = x + conv 1×1(u + residual block(u), (S)W-MSA block(v))"

  /// The networks of TCM.
  static let tcmNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.TCMEncoder",
      summary: "Residual blocks that halve the sides, with blocks of a transformer and a convolutional network side by side.",
      leaf: mixture, paper: "liu2023learned", equation: block, settings: MixtureNetworkSettings<TCMTransformDefaults>.self
    ) { settings, context in
      let parts = try settings.parts(inverse: false, context: context)
      return NetworkPlan(
        input: StatedNumber(3), output: parts.expansionChannels, scale: .reduces(16),
        stages: mixed(parts, [0, 1, 2], end: parts.expansionChannels)
      ) { seeds in
        try TCMEncoder(
          stages: parts.stages, expansionChannels: parts.expansionChannels.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TCMDecoder",
      summary: "Residual blocks that double the sides, with blocks of a transformer and a convolutional network side by side.",
      leaf: mixture, paper: "liu2023learned", equation: block, settings: MixtureNetworkSettings<TCMTransformDefaults>.self
    ) { settings, context in
      let parts = try settings.parts(inverse: true, context: context)
      return NetworkPlan(
        input: parts.expansionChannels, output: StatedNumber(3), scale: .enlarges(16),
        stages: mixed(parts, [2, 1, 0], end: StatedNumber(3))
      ) { seeds in
        try TCMDecoder(
          stages: parts.stages, expansionChannels: parts.expansionChannels.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TCMHyperAnalysis",
      summary: "A residual block and a convolution that halve the sides, with mixed blocks between: y to z.", leaf: swinPriors,
      alsoIn: [mixture], paper: "liu2023learned", equation: block, settings: MixtureNetworkSettings<TCMHyperDefaults>.self
    ) { settings, context in
      let parts = try settings.parts(inverse: false, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: m, output: n, scale: .reduces(4)) { seeds in
        try TCMHyperAnalysis(
          stages: parts.stages, channels: n.value, expansionChannels: m.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TCMHyperSynthesis",
      summary: "Two networks of a residual block and a convolution that double the sides, with mixed blocks between, for scales and means.",
      leaf: swinPriors, alsoIn: [mixture], paper: "liu2023learned", equation: block,
      settings: MixtureNetworkSettings<TCMHyperDefaults>.self
    ) { settings, context in
      let parts = try settings.parts(inverse: true, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: n, output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try TCMHyperSynthesis(
          stages: parts.stages, channels: n.value, expansionChannels: m.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
  ]

  /// Residual blocks that change the sides, mixed blocks behind each.
  private static func mixed(_ parts: MixtureParts, _ order: [Int], end: StatedNumber) -> [NetworkStage] {
    let inner = StatedNumber(2 * parts.stages.width)
    return order.flatMap { [NetworkStage(.resampling, inner)] + NetworkStage.several(parts.stages.depths[$0], .attention, inner) }
      + [NetworkStage(.resampling, end)]
  }
}
