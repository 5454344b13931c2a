public import Configuration
import LatentModels
import Layers
public import Registry
import Torch

extension NetworkEntries {
  private static let octaveLeaf = "Architectural Archetypes/Convolutional/Octave Convolutions"

  /// The networks of generalised octave convolutions.
  static let octaveNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.OctaveEncoder",
      summary: "Four generalised octave convolutions that halve the sides: pictures to a latent at a 16th and one at a 32nd of the sides.",
      leaf: octaveLeaf, paper: "akbari2021learned",
      equation: "y_HH = a(f(x_H)), y_LL = a(f(x_L)), y_H = y_HH + a(g↑2(y_LL)), y_L = y_LL + a(f↓2(y_HH))",
      settings: OctaveNetworkSettings.self
    ) { settings, context in
      let parts = try OctaveParts(settings, inverse: false, context: context)
      return NetworkPlan(
        input: StatedNumber(3), output: parts.packed(parts.latents), scale: .reduces(32), outputPair: parts.latents
      ) { try OctaveNetwork.encoder(parts.widths, seeds: $0) }
    },
    Entry(
      NetworkKind.self, "networks.OctaveDecoder",
      summary:
        "Four generalised transposed octave convolutions that double the sides: latents at a 16th and a 32nd of the sides to pictures.",
      leaf: octaveLeaf, paper: "akbari2021learned",
      equation: "y_HH = g(a(x_H)), y_LL = g(a(x_L)), y_H = y_HH + g↑2(a(y_LL)), y_L = y_LL + f↓2(a(y_HH))",
      settings: OctaveNetworkSettings.self
    ) { settings, context in
      let parts = try OctaveParts(settings, inverse: true, context: context)
      return NetworkPlan(
        input: parts.packed(parts.latents), output: StatedNumber(3), scale: .enlarges(32), inputPair: parts.latents
      ) { try OctaveNetwork.decoder(parts.widths, seeds: $0) }
    },
    Entry(
      NetworkKind.self, "networks.OctaveHyperAnalysis",
      summary: "Three generalised octave convolutions, of which two halve the sides: two latents to two further ones.", leaf: octaveLeaf,
      alsoIn: ["Hierarchical Priors/Local Context Modeling"], paper: "akbari2021learned", settings: OctaveNetworkSettings.self
    ) { settings, context in
      let parts = try OctaveParts(settings, inverse: false, context: context)
      return NetworkPlan(
        input: parts.packed(parts.latents), output: parts.packed(parts.furtherLatents), scale: .reduces(4), inputPair: parts.latents,
        outputPair: parts.furtherLatents
      ) { try OctaveNetwork.hyperAnalysis(parts.widths, seeds: $0) }
    },
    Entry(
      NetworkKind.self, "networks.OctaveHyperSynthesis",
      summary:
        "Three generalised transposed octave convolutions, of which two double the sides: two further latents to what predicts two latents.",
      leaf: octaveLeaf, alsoIn: ["Hierarchical Priors/Local Context Modeling"], paper: "akbari2021learned",
      settings: OctaveNetworkSettings.self
    ) { settings, context in
      let parts = try OctaveParts(settings, inverse: true, context: context)
      return NetworkPlan(
        input: parts.packed(parts.furtherLatents), output: parts.packed(parts.latents.times(2)), scale: .enlarges(4),
        inputPair: parts.furtherLatents, outputPair: parts.latents.times(2)
      ) { try OctaveNetwork.hyperSynthesis(parts.widths, seeds: $0) }
    },
  ]
}

/// What an octave network needs, checked before anything is built.
private struct OctaveParts: Sendable {
  private let parts: NetworkParts
  private let ratio: Double

  init(_ settings: OctaveNetworkSettings, inverse: Bool, context: BuildContext) throws(ConfigurationError) {
    let ratio = settings.ratio ?? 0.5
    parts = try NetworkParts(activation: settings.activation, inverse: inverse, context: context) { n, _ in
      let divided = OctaveChannels(n.value, ratio: ratio)
      return [n.scaled(to: divided.high), n.scaled(to: divided.low)]
    }
    self.ratio = ratio
  }

  var latents: PairLayout { PairLayout(OctaveChannels(parts.expansionChannels.value, ratio: ratio)) }
  var furtherLatents: PairLayout { PairLayout(OctaveChannels(parts.channels.value, ratio: ratio)) }

  func packed(_ layout: PairLayout) -> StatedNumber { parts.expansionChannels.scaled(to: layout.packedChannels) }

  var widths: OctaveWidths {
    OctaveWidths(
      channels: parts.channels.value, expansionChannels: parts.expansionChannels.value, ratio: ratio, nonlinearity: parts.nonlinearity)
  }
}

/// The settings of the networks of octave convolutions; null takes what the model says.
public struct OctaveNetworkSettings: ValidatedSettings {
  /// The non-linearity inside the layers; in a decoder or hyper synthesis it is the inverse.
  public var activation: Component<NonlinearityKind>?
  /// N, the channels of both resolutions between the layers, in a hyper network also of both further latents.
  public var channels: Int?
  /// M, the channels of both latents.
  public var expansionChannels: Int?
  /// α, the share of the channels for low frequencies, more than 0 and less than 1; null takes what the model says, and ½ where it says none.
  public var ratio: Double?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
      + (ratio.map { OctaveChannels.problems(ratio: $0) } ?? [])
  }
}
