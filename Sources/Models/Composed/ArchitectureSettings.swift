public import Configuration
import LatentModels
public import Registry

/// The parts of a published architecture.
public protocol ArchitectureDefaults: Sendable {
  /// N, the channels of the second latent, in some between the layers, too.
  static var channels: Int { get }
  /// M, the channels of the latent.
  static var expansionChannels: Int { get }
  /// The non-linearity of encoder and decoder, where they have a place for one.
  static var activation: Component<NonlinearityKind> { get }
  /// The non-linearity of the hyper networks, where they have a place for one.
  static var hyperActivation: Component<NonlinearityKind> { get }
  /// g_a.
  static var encoder: Component<NetworkKind> { get }
  /// g_s.
  static var decoder: Component<NetworkKind> { get }
  /// h_a.
  static var hyperAnalysis: Component<NetworkKind> { get }
  /// h_s.
  static var hyperSynthesis: Component<NetworkKind> { get }
  /// What predicts the latent.
  static var contextModel: Component<ContextModelKind> { get }
  /// What quantises both latents.
  static var quantizer: Component<QuantizerKind> { get }
}

extension ArchitectureDefaults {
  /// Noise for likelihoods, rounding for all else.
  public static var quantizer: Component<QuantizerKind> { Component("quantizer.Mixed") }
}

/// The settings of a published architecture with a second latent; they differ in their parts.
public struct ArchitectureSettings<Defaults: ArchitectureDefaults>: ValidatedSettings {
  /// N, the number of channels of the second latent, in some networks between the layers, too, 1 to 4096.
  public var channels = Defaults.channels
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = Defaults.expansionChannels
  /// The non-linearity of encoder and decoder, for those that have a place for one and name none of their own; the decoder gets its inverse.
  public var activation = Defaults.activation
  /// The non-linearity of the hyper networks, for those that have a place for one and name none of their own.
  public var hyperActivation = Defaults.hyperActivation
  /// g_a; what it leaves open is N, M and the non-linearity above.
  public var encoder = Defaults.encoder
  /// g_s; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Defaults.decoder
  /// h_a; what it leaves open is N, M and the non-linearity of hyper networks.
  public var hyperAnalysis = Defaults.hyperAnalysis
  /// h_s, which gives the context model any number of channels; what it leaves open is N, M and the non-linearity of hyper networks.
  public var hyperSynthesis = Defaults.hyperSynthesis
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for as many channels as h_a gives.
  public var entropyBottleneck: Component<PriorKind>?
  /// What predicts the latent from side information and from what is known of it already.
  public var contextModel = Defaults.contextModel
  /// The entropy model of the latent given the second; null takes `prior.GaussianConditional`.
  public var gaussianConditional: Component<ConditionalPriorKind>?
  /// What quantises both latents to whole numbers, and what stands for that in training.
  public var quantizer = Defaults.quantizer
  /// What gives the model several rates; null for one rate.
  public var rateControl: Component<RateControlKind>?
  /// What shows the latent as thumbnails, such as `networks.ThumbnailSynthesis`, for `decode --thumbnail`; null for none.
  ///
  /// It is trained beside the rest, which learns the same with and without it.
  public var thumbnail: Component<NetworkKind>?
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
  }

  var components: ComposedPlan.Components {
    .init(
      encoder: encoder, decoder: decoder, quantizer: quantizer, rateControl: rateControl, thumbnail: thumbnail,
      sideInformation: {
        $0.hyperNetworks(hyperAnalysis, hyperSynthesis, entropyBottleneck, activation: hyperActivation, bottleneckFollows: true)
      },
      contextModel: { $0.contextModel(contextModel) }, density: { $0.gaussianConditional(gaussianConditional) })
  }
}

extension ModelEntries {
  /// Plans a published architecture.
  static func architecture<Defaults>(
    _ settings: ArchitectureSettings<Defaults>, context: BuildContext
  ) throws(ConfigurationError) -> ModelPlan {
    let parts = try ComposedPlan(settings.components, context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}
