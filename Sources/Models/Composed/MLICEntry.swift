public import Configuration
import LatentModels
public import Registry

extension ModelEntries {
  /// A model like MLIC++.
  static let mlicLike = Entry(
    ModelKind.self, "models.MLICLike",
    summary:
      "Residual transforms, and slices of channels with references to slices, to neighbours and to all places (MLIC++ but for details).",
    leaf: "Context Models/Parallel Decoding/Checkerboard", alsoIn: ["Architectural Archetypes/Convolutional/Residual Blocks"],
    paper: "jiang2023mlic",
    equation: """
      y = g_a(x), z = h_a(y), ψ = h_s(ẑ)
      first half of slice i: (σ, μ) = e_a(Φ_inter, Φ_ch, ψ); second half: (σ, μ) = e_b(Φ_lc, Φ_intra, Φ_inter, Φ_ch, ψ)
      """,
    settings: MLICSettings.self
  ) { settings, context in
    let parts = try ComposedPlan(settings.components, context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}

/// The settings of `models.MLICLike`.
///
///     x ─ g_a ─ y ──── Q ───────────────────── ŷ ─ g_s ─ x̂
///               │       ▲ (σ, μ)               │
///              h_a   multiple references ◀─────┘ slices before, first half of the slice
///               │       ▲ ψ
///               z ─ Q ─ ẑ ─ h_s
///
/// Jiang, Yang, Zhai, Gao, Wang, "MLIC++: Linear complexity multi-reference entropy modeling for learned image compression", 2023. The context model
/// differs from the authors' in details (`context.MultiReference` says in which), hence the name; with the defaults, those of
/// JiangWeibeta/MLIC, there are 83.2 million parameters, where the authors have 83.5. The context model of the first MLIC, whose attention grows with the
/// square of the number of places, is `context.CheckerboardAttention`.
public struct MLICSettings: ValidatedSettings {
  /// N, the number of channels between the layers and of the second latent, 1 to 4096.
  public var channels = 192
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 320
  /// The non-linearity of the blocks that change the sides; the decoder gets its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is N, M and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.MLICEncoder")
  /// g_s; what it leaves open is N, M and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.MLICDecoder")
  /// h_a; what it leaves open is N and M.
  public var hyperAnalysis = Component<NetworkKind>("networks.MLICHyperAnalysis")
  /// h_s, which gives the context model any number of channels; what it leaves open is N and M.
  public var hyperSynthesis = Component<NetworkKind>("networks.MLICHyperSynthesis")
  /// What predicts the latent from h_s's output and from what is known of it already.
  public var contextModel = Component<ContextModelKind>("context.MultiReference")
  /// The entropy model of the second latent; null takes `prior.EntropyBottleneck` for as many channels as h_a gives.
  public var entropyBottleneck: Component<PriorKind>?
  /// The entropy model of the latent given the second; null takes `prior.GaussianConditional`.
  public var gaussianConditional: Component<ConditionalPriorKind>?
  /// What quantises both latents to whole numbers, and what stands for that in training.
  public var quantizer = Component<QuantizerKind>("quantizer.Mixed")
  /// What gives the model several rates; null for one rate.
  public var rateControl: Component<RateControlKind>?
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
      encoder: encoder, decoder: decoder, quantizer: quantizer, rateControl: rateControl,
      sideInformation: {
        $0.hyperNetworks(
          hyperAnalysis, hyperSynthesis, entropyBottleneck, activation: Component("nonlinearity.GELU"), bottleneckFollows: true)
      },
      contextModel: { $0.contextModel(contextModel) },
      density: { gathering in gathering.gaussianConditional(gaussianConditional).map { GaussianDensityPlan($0) } })
  }
}
