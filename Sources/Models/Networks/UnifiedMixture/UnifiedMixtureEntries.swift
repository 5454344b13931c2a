import Configuration
import Registry

extension NetworkEntries {
  private static let blocks = "Architectural Archetypes/Convolutional/Residual Blocks"

  /// The networks around the cascade of codebooks.
  static let unifiedMixtureNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.UnifiedMixtureEncoder",
      summary: "Residual blocks with their non-linearities before the convolutions, down to an eighth of the sides.", leaf: blocks,
      paper: "zhu2022unified", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: StatedNumber(3), output: n, scale: .reduces(8)) { seeds in
        try UnifiedMixtureEncoder(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.UnifiedMixtureDecoder",
      summary: "Residual blocks with their non-linearities before the convolutions, up to eight times the sides.", leaf: blocks,
      paper: "zhu2022unified", settings: ResidualNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context, expansion: "channels")
      let n = parts.channels
      return NetworkPlan(input: n, output: StatedNumber(3), scale: .enlarges(8)) { seeds in
        try UnifiedMixtureDecoder(channels: n.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
  ]
}
