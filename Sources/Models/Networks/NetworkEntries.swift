public import Configuration
import Layers
public import Registry
import Torch

/// The encoders and decoders of the catalogue; each makes a ``NetworkPlan``.
public enum NetworkEntries {
  /// All of them.
  public static let all: [Entry] = [
    Entry(
      NetworkKind.self, "networks.FactorizedPriorEncoder", aliases: ["google_encoder_decoder.FactorizedPriorEncoder"],
      summary: "Four convolutions that halve the sides, with a non-linearity between.", paper: "Ballé et al. 2018",
      settings: FactorizedPriorNetworkSettings.self
    ) { settings, context in
      let parts = try FactorizedPriorParts(settings, inverse: false, context: context)
      return NetworkPlan(input: StatedNumber(3), output: parts.expansionChannels, scale: .reduces(16)) { seeds in
        try FactorizedPriorEncoder(
          channels: parts.channels.value, expansionChannels: parts.expansionChannels.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
    Entry(
      NetworkKind.self, "networks.FactorizedPriorDecoder", aliases: ["google_encoder_decoder.FactorizedPriorDecoder"],
      summary: "Four transposed convolutions that double the sides, with a non-linearity between.", paper: "Ballé et al. 2018",
      settings: FactorizedPriorNetworkSettings.self
    ) { settings, context in
      let parts = try FactorizedPriorParts(settings, inverse: true, context: context)
      return NetworkPlan(input: parts.expansionChannels, output: StatedNumber(3), scale: .enlarges(16)) { seeds in
        try FactorizedPriorDecoder(
          channels: parts.channels.value, expansionChannels: parts.expansionChannels.value, nonlinearity: parts.nonlinearity, seeds: seeds)
      }
    },
  ]
}

/// What both networks of the factorized-prior model need, checked before anything is built.
private struct FactorizedPriorParts {
  let channels: StatedNumber
  let expansionChannels: StatedNumber
  let nonlinearity: @Sendable () throws -> any Layer

  init(_ settings: FactorizedPriorNetworkSettings, inverse: Bool, context: BuildContext) throws {
    let channels = try context.number("channels")
    self.channels = channels
    expansionChannels = try context.number("expansion_channels")
    guard var activation = settings.activation else {
      let sentence = "is not known here, expected a nonlinearity; write it down"
      throw ConfigurationError(mark: context.mark, path: context.path(of: "activation"), sentence)
    }
    activation.path = context.path(of: "activation")
    try Self.check(activation, channels: channels)
    nonlinearity = { [activation] in
      try context.build(
        activation, as: (any Layer).self, suggesting: ["channels": Node(.int(channels.value)), "inverse": Node(.bool(inverse))])
    }
  }

  /// Only what is written can be wrong: where nothing is, the convolutions say the number.
  private static func check(_ activation: Component<NonlinearityKind>, channels: StatedNumber) throws(ConfigurationError) {
    guard let node = activation.arguments["channels"], case .int(let count) = node.value, count != channels.value else { return }
    let path = KeySpelling.path(activation.path, "init_args.channels")
    throw ConfigurationError(
      mark: node.mark, path: path,
      "the convolutions give \(channels.value) channels\(channels.origin) but the activation takes \(count) (\(path))")
  }
}

/// The settings of `networks.FactorizedPriorEncoder` and `networks.FactorizedPriorDecoder`; null takes what the model says.
public struct FactorizedPriorNetworkSettings: ValidatedSettings {
  /// The non-linearity between the layers; in the decoder it is the inverse.
  public var activation: Component<NonlinearityKind>?
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
