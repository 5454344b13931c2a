import Configuration
import Registry
import Torch

extension NetworkEntries {
  private static let shifting = "Architectural Archetypes/Hierarchical Transformer/Local Attention/Shifting-window-based Attention"
  private static let swinPriors = "Hierarchical Priors/Global Context Modeling/Attention Based Models/Swin Transformer-based Attention"
  private static let swin = "x' = x + (S)W-MSA(norm(x)), out = x' + MLP(norm(x')), around all blocks of a stage x once more"

  /// The networks of TIC.
  static let ticNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.TICEncoder",
      summary: "Convolutions that halve the sides, with residual Swin transformer blocks between.", leaf: shifting,
      paper: "lu2021transformer", equation: swin, settings: SwinNetworkSettings<TICTransformDefaults>.self
    ) { settings, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      let stages = try settings.stages(n, context: context)
      return NetworkPlan(input: StatedNumber(3), output: m, scale: .reduces(16), stages: alternating(n) + [NetworkStage(.resampling, m)]) {
        seeds in
        try TICEncoder(channels: n.value, expansionChannels: m.value, stages: stages, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TICDecoder",
      summary: "Transposed convolutions that double the sides, with residual Swin transformer blocks between.", leaf: shifting,
      paper: "lu2021transformer", equation: swin, settings: SwinNetworkSettings<TICTransformDefaults>.self
    ) { settings, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      let stages = try settings.stages(n, context: context)
      let end = NetworkStage(.resampling, StatedNumber(3))
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(16), stages: alternating(n) + [end]) { seeds in
        try TICDecoder(channels: n.value, expansionChannels: m.value, stages: stages, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TICHyperAnalysis",
      summary: "Three convolutions of which two halve the sides, with residual Swin transformer blocks between: y to z.", leaf: swinPriors,
      paper: "lu2021transformer", equation: swin, settings: SwinNetworkSettings<TICHyperDefaults>.self
    ) { settings, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      let stages = try settings.stages(n, context: context)
      return NetworkPlan(input: m, output: n, scale: .reduces(4)) { seeds in
        try TICHyperAnalysis(channels: n.value, expansionChannels: m.value, stages: stages, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.TICHyperSynthesis",
      summary: "Two transposed convolutions that double the sides and a convolution, with residual Swin transformer blocks between.",
      leaf: swinPriors, paper: "lu2021transformer", equation: swin, settings: SwinNetworkSettings<TICHyperDefaults>.self
    ) { settings, context in
      let (n, m) = (try context.number("channels"), try context.number("expansion_channels"))
      let stages = try settings.stages(n, context: context)
      return NetworkPlan(input: n, output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try TICHyperSynthesis(channels: n.value, expansionChannels: m.value, stages: stages, seeds: seeds)
      }
    },
  ]

  /// Three times a convolution and blocks.
  private static func alternating(_ channels: StatedNumber) -> [NetworkStage] {
    (0..<3).flatMap { _ in [NetworkStage(.resampling, channels), NetworkStage(.attention, channels)] }
  }
}
