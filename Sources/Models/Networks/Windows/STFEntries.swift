public import Configuration
import Registry
import Torch

extension NetworkEntries {
  private static let shifting = "Architectural Archetypes/Hierarchical Transformer/Local Attention/Shifting-window-based Attention"

  /// The networks of the symmetrical transformer.
  static let stfNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.STFEncoder",
      summary: "Patches of pixels and four stages of Swin blocks that merge squares of places between.",
      leaf: shifting, paper: "zou2022devil", equation: "x' = x + (S)W-MSA(norm(x)), out = x' + MLP(norm(x'))",
      settings: STFNetworkSettings.self
    ) { settings, context in
      let m = try context.number("expansion_channels")
      let (embedding, stages) = try settings.stages(m, context: context)
      return NetworkPlan(input: StatedNumber(3), output: m, scale: .reduces(16)) { seeds in
        try STFEncoder(embedding: embedding, stages: stages, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.STFDecoder",
      summary: "Four stages of Swin blocks that split places into squares between, and two convolutions to pixels.", leaf: shifting,
      paper: "zou2022devil", equation: "x' = x + (S)W-MSA(norm(x)), out = x' + MLP(norm(x'))", settings: STFNetworkSettings.self
    ) { settings, context in
      let m = try context.number("expansion_channels")
      let (embedding, stages) = try settings.stages(m, context: context)
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(16)) { seeds in
        try STFDecoder(embedding: embedding, stages: stages, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.STFHyperAnalysis",
      summary: "Five convolutions of falling widths of which two halve the sides: y to z.",
      leaf: "Hierarchical Priors/Local Context Modeling", paper: "zou2022devil", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context) { n, m in
        STFHyperAnalysis.widths(channels: n.value, expansionChannels: m.value).dropLast().map { m.scaled(to: $0) }
      }
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: m, output: n, scale: .reduces(4)) { seeds in
        try STFHyperAnalysis(channels: n.value, expansionChannels: m.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.STFHyperSynthesis",
      summary: "Two networks of rising widths that double the sides twice, one for scales and one for means.",
      leaf: "Hierarchical Priors/Local Context Modeling", paper: "zou2022devil", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context) { n, m in
        STFHyperAnalysis.widths(channels: n.value, expansionChannels: m.value).dropLast().map { m.scaled(to: $0) }
      }
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: n, output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try STFHyperSynthesis(channels: n.value, expansionChannels: m.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
  ]
}

/// The settings of the transforms of the symmetrical transformer.
public struct STFNetworkSettings: ValidatedSettings {
  /// M, the channels of the latent, a multiple of 8, since the stages have M/8, M/4, M/2 and M channels; null takes what the model says.
  public var expansionChannels: Int?
  /// The blocks of each of the four stages, from the larger sides to the smaller ones, 1 to 32.
  public var depths = [2, 2, 6, 2]
  /// The heads of each stage, divisors of its channels; null takes 3, 6, 12 and 24, or where they do not divide the channels, the next smaller numbers that do.
  public var heads: [Int]?
  /// The side of the windows, 2 to 64.
  public var window = 4
  /// How many times as wide as a stage the inner features of an MLP are, 0.25 to 16.
  public var mlpRatio = 4.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("expansionChannels", expansionChannels)])
      + StageCheck.problems(depths: depths, heads: heads, window: window, ratio: mlpRatio, count: 4)
  }

  /// E and the stages.
  func stages(_ expansion: StatedNumber, context: BuildContext) throws(ConfigurationError) -> (embedding: Int, SwinStages) {
    guard expansion.value.isMultiple(of: 8) else {
      throw ConfigurationError(
        mark: context.mark(of: "expansion_channels"), path: context.path(of: "expansion_channels"),
        "must be a multiple of 8 for stages of an eighth, a quarter, a half and all of these channels, found \(expansion.value)")
    }
    let widths = (0..<4).map { expansion.value >> (3 - $0) }
    let heads = try StageCheck.heads(heads, published: [3, 6, 12, 24], widths: widths, context: context)
    return (widths[0], SwinStages(depths: depths, heads: heads, window: window, ratio: mlpRatio))
  }
}
