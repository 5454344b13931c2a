public import Configuration
import LatentModels
public import Registry

extension ModelEntries {
  /// TinyLIC.
  static let tinyLIC = Entry(
    ModelKind.self, "models.TinyLIC", aliases: ["tinylic"],
    summary: "Attention to neighbours in all networks, and slices of channels that grow as a cosine, in up to four stages.",
    leaf: "Architectural Archetypes/Hierarchical Transformer/Local Attention/Residual Neighborhood Attention",
    alsoIn: [
      "Architectural Archetypes/Convolutional/Residual Blocks/Residual Neighborhood Attention",
      "Context Models/Parallel Decoding/Checkerboard",
    ],
    paper: "lu2022high",
    equation: """
      y = g_a(x), z = h_a(y), ψ = h_s(ẑ)
      slice i, stage k: (σ, μ) = e_i(ψ, φ_k, g_i(ψ, ŷ of the slices before)), φ_k = convolution of the stages before
      """,
    settings: TinyLICSettings.self
  ) { settings, context in
    let parts = try ComposedPlan(settings.components, context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}

/// The settings of `models.TinyLIC`.
///
///     x ─ g_a ─ y ──── Q ─────────────────── ŷ ─ g_s ─ x̂
///               │       ▲ (σ, μ)             │
///              h_a   cosine slicing ◀────────┘ slices and stages before
///               │       ▲ ψ
///               z ─ Q ─ ẑ ─ h_s
///
/// Lu, Ma, "High-efficiency lossy image coding through adaptive neighborhood information aggregation", 2022, figure 2. With the defaults, those of
/// lumingzzz/TinyLIC, there are as many parameters as there: 28.34 million.
public struct TinyLICSettings: ValidatedSettings {
  /// N, the number of channels at half of the sides, 1 to 4096; the second latent has ⌊3·N/2⌋.
  public var channels = 128
  /// M, the number of channels of the latent, 1 to 4096.
  public var expansionChannels = 320
  /// The non-linearity for encoders and decoders that have a place for one; those of TinyLIC have none.
  public var activation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// g_a; what it leaves open is N and M.
  public var encoder = Component<NetworkKind>("networks.TinyLICEncoder")
  /// g_s; what it leaves open is N and M.
  public var decoder = Component<NetworkKind>("networks.TinyLICDecoder")
  /// h_a; what it leaves open is N, M and the non-linearity above.
  public var hyperAnalysis = Component<NetworkKind>("networks.TinyLICHyperAnalysis")
  /// h_s, which gives the context model any number of channels; what it leaves open is N, M and the non-linearity above.
  public var hyperSynthesis = Component<NetworkKind>("networks.TinyLICHyperSynthesis")
  /// What predicts the latent from h_s's output and from what is known of it already.
  public var contextModel = Component<ContextModelKind>("context.CosineSlicing")
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
        $0.hyperNetworks(hyperAnalysis, hyperSynthesis, entropyBottleneck, activation: activation, bottleneckFollows: true)
      },
      contextModel: { $0.contextModel(contextModel) },
      density: { gathering in gathering.gaussianConditional(gaussianConditional).map { GaussianDensityPlan($0) } })
  }
}
