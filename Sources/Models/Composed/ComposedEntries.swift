public import Configuration
import LatentModels
public import Registry

extension ModelEntries {
  /// The models whose parts do not know each other.
  static let composedModels: [Entry] = [
    Entry(
      ModelKind.self, "models.Composed",
      summary: "Transforms, side information, context model, densities and quantizer, each of them any component of its kind.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      paper: "minnen2018joint",
      equation: "y = g_a(x), ψ = side information of y, θ_k = context model of ψ and ŷ of the groups before k, x̂ = g_s(ŷ)",
      settings: ComposedSettings.self
    ) { settings, context in
      let parts = try ComposedPlan(settings.components, context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
    }
  ]
}

/// The settings of `models.Composed`.
public struct ComposedSettings: ValidatedSettings {
  /// N, the number of channels between the layers and of the second latent, 1 to 4096.
  public var channels = 128
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 192
  /// The non-linearity between the layers of encoder and decoder, for those that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N, M and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.FactorizedPriorEncoder")
  /// g_s; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.FactorizedPriorDecoder")
  /// What is told of the latent beside it; what it leaves open is N and M.
  public var sideInformation = Component<SideInformationKind>("side_information.Hyperprior")
  /// What predicts the latent from side information and from what is known of it already.
  public var contextModel = Component<ContextModelKind>("context.Checkerboard")
  /// The family of densities of the latent's elements.
  public var density = Component<ConditionalPriorKind>("prior.GaussianConditional")
  /// What quantises all latents to whole numbers, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.Mixed")
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
      sideInformation: { $0.sideInformation(sideInformation) },
      contextModel: { $0.contextModel(contextModel) }, density: { $0.density(density) })
  }
}
