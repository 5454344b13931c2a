public import Configuration
public import Registry
import Torch

/// The encoders, decoders and hyper networks of the catalogue; each makes a ``NetworkPlan``.
public enum NetworkEntries {
  /// All of them.
  public static let all: [Entry] =
    transforms + hyperNetworks + residualNetworks + elicNetworks + thumbnailNetworks + nonLocalNetworks + ticNetworks + stfNetworks
    + tcmNetworks + recombinedNetworks + foreignNetworks + octaveNetworks + dualBranchNetworks + tinyLICNetworks + mlicNetworks
    + unifiedMixtureNetworks

  private static let transforms: [Entry] = [
    Entry(
      NetworkKind.self, "networks.FactorizedPriorEncoder", aliases: ["google_encoder_decoder.FactorizedPriorEncoder"],
      summary: "Four convolutions that halve the sides, with a non-linearity between.",
      outside: "plain convolutions; the taxonomy has parts for those that are more than a fixed filter", paper: "balle2018variational",
      settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: StatedNumber(3), output: m, scale: .reduces(16), stages: Self.plainStages(n, n, n, m)) { seeds in
        try FactorizedPriorEncoder(
          channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.FactorizedPriorDecoder", aliases: ["google_encoder_decoder.FactorizedPriorDecoder"],
      summary: "Four transposed convolutions that double the sides, with a non-linearity between.",
      outside: "plain convolutions; the taxonomy has parts for those that are more than a fixed filter", paper: "balle2018variational",
      settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: m, output: StatedNumber(3), scale: .enlarges(16), stages: Self.plainStages(n, n, n, StatedNumber(3))) {
        seeds in
        try FactorizedPriorDecoder(
          channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
  ]

  /// Convolutions with a non-linearity between.
  private static func plainStages(_ widths: StatedNumber...) -> [NetworkStage] {
    widths.enumerated().flatMap { number, width -> [NetworkStage] in
      let convolution = NetworkStage(.resampling, width)
      return number == widths.count - 1 ? [convolution] : [convolution, NetworkStage(.nonlinearity, width)]
    }
  }

  private static let hyperNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.HyperAnalysis",
      summary: "A convolution and two that halve the sides, with a non-linearity between: y to z.",
      leaf: "Hierarchical Priors/Local Context Modeling", paper: "balle2018variational",
      settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: m, output: n, scale: .reduces(4)) { seeds in
        try HyperAnalysis(channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.HyperSynthesisScale",
      summary: "Two transposed convolutions that double the sides and a convolution: z to the scales of y.",
      leaf: "Hierarchical Priors/Local Context Modeling", paper: "balle2018variational",
      settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: n, output: m, scale: .enlarges(4)) { seeds in
        try HyperSynthesisScale(
          channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.HyperSynthesisMeanScale",
      summary: "Two transposed convolutions that double the sides and a convolution: z to the scales and means of y.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      paper: "minnen2018joint", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context) { _, m in
        [m, m.scaled(to: m.value * 3 / 2)]
      }
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: n, output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try HyperSynthesisMeanScale(channels: n.value, expansionChannels: m.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
  ]
}

/// The settings of the networks with N and M channels; null takes what the model says.
public struct PlainNetworkSettings: ValidatedSettings {
  /// The non-linearity between the layers; in a decoder or hyper synthesis it is the inverse.
  public var activation: Component<NonlinearityKind>?
  /// N, the channels between the layers, in a hyper network also of the second latent.
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
