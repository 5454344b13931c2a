public import Configuration
public import Registry

/// The models of the catalogue, each of which makes a ``ModelPlan``, and their networks.
public enum ModelEntries {
  /// All of them.
  public static let all: [Entry] =
    NetworkEntries.all + RateControlEntries.all + SideInformationEntries.all + factorizedPriors + hyperpriors + autoregressiveModels
    + composedModels + compressAIModels + windowModels + variableRateModels + pairedModels + [
      dualBranch, tinyLIC, mlicLike, unifiedMixture,
    ]

  private static let factorizedPriors: [Entry] = [
    Entry(
      ModelKind.self, "models.FactorizedPrior", aliases: ["models.google_models.FactorizedPrior", "bmshj2018-factorized"],
      summary: "Factorized-prior model with a configurable non-linearity (GDN by default).",
      leaf: "Quantization/Scalar Quantization/Uniform Quantization", paper: "balle2018variational",
      equation: "y = g_a(x), ŷ = Q(y), x̂ = g_s(ŷ), p(ŷ) = Π_i p_c(ŷ_i) with a density for each channel c",
      settings: FactorizedPriorSettings.self
    ) { settings, context in
      let parts = try FactorizedPriorPlan(
        encoder: settings.encoder, decoder: settings.decoder, entropyBottleneck: settings.entropyBottleneck,
        quantizer: settings.quantizer, rateControl: settings.rateControl, activation: context.suggestion("activation"), context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
    },
    Entry(
      ModelKind.self, "models.FactorizedPriorReLU", aliases: ["models.google_models.FactorizedPriorReLU", "bmshj2018-factorized-relu"],
      summary: "Factorized-prior model with rectified linear units.", leaf: "Quantization/Scalar Quantization/Uniform Quantization",
      paper: "balle2018variational",
      equation: "y = g_a(x), ŷ = Q(y), x̂ = g_s(ŷ), p(ŷ) = Π_i p_c(ŷ_i) with a density for each channel c",
      settings: FactorizedPriorReLUSettings.self
    ) { settings, context in
      let parts = try FactorizedPriorPlan(
        encoder: Component("networks.FactorizedPriorEncoder"), decoder: Component("networks.FactorizedPriorDecoder"),
        entropyBottleneck: nil, quantizer: settings.quantizer,
        activation: Suggestion(Component<NonlinearityKind>("nonlinearity.ReLU").node), context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
    },
  ]

  private static let hyperpriors: [Entry] = [
    Entry(
      ModelKind.self, "models.ScaleHyperprior", aliases: ["models.google_models.ScaleHyperprior", "bmshj2018-hyperprior"],
      summary: "Scale-hyperprior model: Gaussians of zero mean whose scales a second latent tells.",
      leaf: "Hierarchical Priors/Local Context Modeling", alsoIn: ["Quantization/Scalar Quantization/Uniform Quantization"],
      paper: "balle2018variational",
      equation: "y = g_a(x), z = h_a(|y|), σ = h_s(ẑ), ŷ ~ N(0, σ²) ∗ U(−½, ½), x̂ = g_s(ŷ)",
      settings: ScaleHyperpriorSettings.self
    ) { settings, context in
      let parts = try HyperpriorPlan(
        settings.components, hyperActivation: Component("nonlinearity.ReLU"), parameters: ("scales", 1), context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.model(seeds: $0) { ScaleHyperprior(parts: $0) } }
    },
    Entry(
      ModelKind.self, "models.MeanScaleHyperprior", aliases: ["models.google_models.MeanScaleHyperprior", "mbt2018-mean"],
      summary: "Mean-scale-hyperprior model: Gaussians whose means and scales a second latent tells.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      alsoIn: ["Quantization/Scalar Quantization/Uniform Quantization"], paper: "minnen2018joint",
      equation: "y = g_a(x), z = h_a(y), (σ, μ) = h_s(ẑ), ŷ ~ N(μ, σ²) ∗ U(−½, ½), x̂ = g_s(ŷ)",
      settings: MeanScaleHyperpriorSettings.self
    ) { settings, context in
      let parts = try HyperpriorPlan(
        settings.components, hyperActivation: Component("nonlinearity.LeakyReLU"), parameters: ("scales and means", 2), context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.model(seeds: $0) { MeanScaleHyperprior(parts: $0) } }
    },
  ]
}

/// The settings of `models.FactorizedPrior`.
public struct FactorizedPriorSettings: ValidatedSettings {
  /// N, the number of channels between the layers, 1 to 4096.
  public var channels = 128
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 192
  /// The non-linearity between the layers, for networks that name none of their own; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N, M and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.FactorizedPriorEncoder")
  /// g_s; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.FactorizedPriorDecoder")
  /// The entropy model of the latent; null takes `prior.EntropyBottleneck` for M channels, or none with a quantizer that has probabilities of its own.
  public var entropyBottleneck: Component<PriorKind>?
  /// What quantises the latent, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.AdditiveNoise")
  /// What gives the model several rates; null for one.
  ///
  /// Where it changes how fine y is quantised, the density of each channel stays and the intervals of its whole numbers get another width.
  public var rateControl: Component<RateControlKind>?
  /// The loss.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
  }
}

/// The settings of `models.FactorizedPriorReLU`.
public struct FactorizedPriorReLUSettings: ValidatedSettings {
  /// N, the number of channels between the layers, 1 to 4096.
  public var channels = 128
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 192
  /// What quantises the latent, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.AdditiveNoise")
  /// The loss that a training minimises.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ChannelCheck.problems([("channels", channels), ("expansionChannels", expansionChannels)])
  }
}
