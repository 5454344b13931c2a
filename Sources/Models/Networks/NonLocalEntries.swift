import Configuration
import Registry
import Torch

extension NetworkEntries {
  /// The hyper networks with non-local attention.
  static let nonLocalNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.NonLocalHyperAnalysis",
      summary: "A hyper analysis with a non-local attention module before its last layer.",
      leaf: "Hierarchical Priors/Global Context Modeling/Attention Based Models/Non-local Attention Module", paper: "chen2021end",
      equation: "x + a(x) · σ(b(x)), b with x_i + w(Σ_j softmax_j(θ(x_i) · φ(x_j)) · g(x_j))", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: false, context: context)
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: m, output: n, scale: .reduces(4)) { seeds in
        try NonLocalHyperAnalysis(
          channels: n.value, expansionChannels: m.value, nonlinearity: { try parts.nonlinearity(n.value) }, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.NonLocalHyperSynthesis",
      summary: "A hyper synthesis of scales and means with a non-local attention module behind its first layer.",
      leaf: "Hierarchical Priors/Global Context Modeling/Attention Based Models/Non-local Attention Module", paper: "chen2021end",
      equation: "x + a(x) · σ(b(x)), b with x_i + w(Σ_j softmax_j(θ(x_i) · φ(x_j)) · g(x_j))", settings: PlainNetworkSettings.self
    ) { settings, context in
      let parts = try NetworkParts(activation: settings.activation, inverse: true, context: context) { _, m in
        [m, m.scaled(to: m.value * 3 / 2)]
      }
      let (n, m) = (parts.channels, parts.expansionChannels)
      return NetworkPlan(input: n, output: m.scaled(to: 2 * m.value), scale: .enlarges(4)) { seeds in
        try NonLocalHyperSynthesis(channels: n.value, expansionChannels: m.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
  ]
}
