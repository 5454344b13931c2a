public import Configuration
import LatentModels
import Layers
public import Registry

/// What the settings of a model of two latents say.
protocol PairedSettings {
  var encoder: Component<NetworkKind> { get }
  var decoder: Component<NetworkKind> { get }
  var jointSideInformation: Component<SideInformationKind>? { get }
  var sideInformation: Component<SideInformationKind> { get }
  var lowSideInformation: Component<SideInformationKind>? { get }
  var contextModel: Component<ContextModelKind> { get }
  var lowContextModel: Component<ContextModelKind>? { get }
  var density: Component<ConditionalPriorKind> { get }
  var conditional: Bool { get }
  var quantizer: Component<QuantizerKind> { get }
  var rateControl: Component<RateControlKind>? { get }
}

extension ModelEntries {
  /// The models of two latents.
  static let pairedModels: [Entry] = [
    Entry(
      ModelKind.self, "models.Octave",
      summary: "Latents of high and of low frequencies at two resolutions, from octave networks, with an octave hyperprior.",
      leaf: "Architectural Archetypes/Convolutional/Octave Convolutions", paper: "akbari2021learned",
      equation: """
        (y_H, y_L) = g_a(x), (ψ_H, ψ_L) = h_s(ẑ), ẑ = Q(h_a(y_H, y_L)), x̂ = g_s(ŷ_H, ŷ_L)
        each of ŷ_H, ŷ_L: θ_k = context model of its ψ and of its groups before k
        """, settings: OctaveSettings.self
    ) { settings, context in
      let parts = try PairedPlan(settings, context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
    }
  ]
}

/// The settings of `models.Octave`.
public struct OctaveSettings: ValidatedSettings, PairedSettings {
  /// N, the number of channels of both resolutions between the layers and of both further latents, 1 to 4096.
  public var channels = 192
  /// M, the number of channels of both latents, 1 to 4096.
  public var expansionChannels = 192
  /// α, the share of all channels for low frequencies, more than 0 and less than 1; each resolution has one channel at least.
  public var ratio = 0.5
  /// The non-linearity inside the layers of encoder and decoder, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a, which gives two latents; what it leaves open is N, M, α and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.OctaveEncoder")
  /// g_s, which takes two latents; what it leaves open is N, M, α and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.OctaveDecoder")
  /// What is told of both latents at once; what it leaves open is N, M and α, and null is for side information of each latent by itself.
  public var jointSideInformation: Component<SideInformationKind>? = Component("side_information.OctaveHyperprior")
  /// What is told of the latent of high frequencies where none is told of both; what it leaves open is its share of N and M.
  public var sideInformation = Component<SideInformationKind>("side_information.Hyperprior")
  /// The same for the latent of low frequencies; null takes that of high frequencies, with weights of its own.
  public var lowSideInformation: Component<SideInformationKind>?
  /// What predicts the latent of high frequencies from side information and from what is known of it already.
  public var contextModel = Component<ContextModelKind>("context.Autoregressive")
  /// The same for the latent of low frequencies; null takes that of high frequencies, with weights of its own.
  public var lowContextModel: Component<ContextModelKind>?
  /// The family of densities of the elements of both latents.
  public var density = Component<ConditionalPriorKind>("prior.GaussianConditional")
  /// Whether the latent of low frequencies is predicted from that of high frequencies, too, which is coded first then.
  public var conditional = false
  /// What quantises all latents to whole numbers, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.Mixed")
  /// What gives the model several rates by scaling both latents; null for one rate.
  public var rateControl: Component<RateControlKind>?
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)]) + OctaveChannels.problems(ratio: ratio)
  }
}
