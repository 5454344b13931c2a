public import Configuration
import LatentModels
import Layers
public import Registry
import Torch

extension NetworkEntries {
  /// Networks of two branches.
  static let dualBranchNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.DualBranchEncoder",
      summary: "Two encoders beside each other, of which one goes on to fewer places: pictures to two latents.",
      leaf: "Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model", paper: "fu2024learned",
      equation: "y_H = a_H(x), y_L = ↓(a_L(x))", settings: DualBranchEncoderSettings.self
    ) { settings, context in
      let parts = try DualBranchParts(
        activation: settings.activation, ratio: settings.ratio, factor: settings.factor, inverse: false, context: context)
      let high = try parts.branch(settings.high, argument: "high", number: parts.latents.high, context: context)
      let low = try parts.branch(settings.low, argument: "low", number: parts.latents.low, context: context)
      guard high.scale == low.scale, case .reduces(let multiple) = high.scale else {
        throw ConfigurationError(
          mark: context.mark(of: "low"), path: context.path(of: "low"),
          "both branches have to divide the sides by the same number, before the lower one goes on; name encoders that do")
      }
      return NetworkPlan(
        input: high.input, output: parts.packed, scale: .reduces(multiple * settings.factor), outputPair: parts.latents
      ) { seeds in
        DualBranchEncoder(
          high: try high.build(seeds: seeds), low: try parts.reduced(low.build(seeds: seeds), seeds: seeds), layout: parts.latents)
      }
    },
    Entry(
      NetworkKind.self, "networks.DualBranchDecoder",
      summary: "The latent of fewer places is enlarged and joined to the other one; a decoder makes pictures of both.",
      leaf: "Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model", paper: "fu2024learned",
      equation: "x̂ = g(ŷ_H, ↑(ŷ_L))", settings: DualBranchDecoderSettings.self
    ) { settings, context in
      let parts = try DualBranchParts(
        activation: settings.activation, ratio: settings.ratio, factor: settings.factor, inverse: true, context: context)
      let decoder = try parts.decoder(settings.decoder, context: context)
      guard case .enlarges(let multiple) = decoder.scale else {
        throw ConfigurationError(mark: context.mark(of: "decoder"), path: context.path(of: "decoder"), "reduces its input; name a decoder")
      }
      return NetworkPlan(
        input: parts.packed, output: decoder.output, scale: .enlarges(multiple * settings.factor), inputPair: parts.latents
      ) { seeds in
        DualBranchDecoder(
          enlargement: try parts.enlargement(seeds: seeds), decoder: try decoder.build(seeds: seeds), layout: parts.latents)
      }
    },
  ]
}

/// The settings of `networks.DualBranchEncoder`; null takes what the model says.
public struct DualBranchEncoderSettings: ValidatedSettings {
  /// The non-linearity of both branches and before the steps to fewer places.
  public var activation: Component<NonlinearityKind>?
  /// N, the channels between the layers of each branch.
  public var channels: Int?
  /// M, the channels of both latents.
  public var expansionChannels: Int?
  /// The share of M for the latent of fewer places, more than 0 and less than 1; null takes what the model says, and ½ where it says none.
  public var ratio: Double?
  /// How many times the sides of the latent of fewer places those of the other one are: 2, 4 or 8.
  public var factor = 2
  /// The branch of more places; what it leaves open is N, its share of M and the non-linearity above.
  public var high = Component<NetworkKind>("networks.FactorizedPriorEncoder")
  /// The branch of fewer places, before the steps to them; what it leaves open is as above.
  public var low = Component<NetworkKind>("networks.FactorizedPriorEncoder")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
      + DualBranchParts.problems(ratio: ratio, factor: factor)
  }
}

/// The settings of `networks.DualBranchDecoder`; null takes what the model says.
public struct DualBranchDecoderSettings: ValidatedSettings {
  /// The non-linearity of the decoder and of the steps to more places; it is the inverse.
  public var activation: Component<NonlinearityKind>?
  /// N, the channels between the layers of the decoder.
  public var channels: Int?
  /// M, the channels of both latents.
  public var expansionChannels: Int?
  /// The share of M for the latent of fewer places, more than 0 and less than 1; null takes what the model says, and ½ where it says none.
  public var ratio: Double?
  /// How many times the sides of the latent of fewer places those of the other one are: 2, 4 or 8.
  public var factor = 2
  /// What makes pictures of both latents together; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.FactorizedPriorDecoder")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
      + DualBranchParts.problems(ratio: ratio, factor: factor)
  }
}
