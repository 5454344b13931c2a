public import Configuration
public import Registry

extension ModelEntries {
  /// Levels of codebooks in the place of an entropy model.
  static let unifiedMixture = Entry(
    ModelKind.self, "models.UnifiedMixture",
    summary: "Unified multivariate Gaussian mixture: levels of codebooks code the latent as vectors, without context model.",
    leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Unified Multivariate Gaussian Mixture",
    alsoIn: ["Quantization/Vector Quantization/Variational Vector Quantization/Unified Multivariate Gaussian Mixture"],
    paper: "zhu2022unified",
    equation: """
      y = g_a(x), ŷ = Q(y), x̂ = g_s(ŷ), Q: levels of codebooks, see quantizer.CascadedVector
      loss: the distortion; the rate −Σ_l log₂ P_l(j) has no gradient, is at most Σ_l m·log₂ k_l/4^(l+3) bpp
      """,
    settings: UnifiedMixtureSettings.self
  ) { settings, context in
    let parts = try FactorizedPriorPlan(
      encoder: settings.encoder, decoder: settings.decoder, entropyBottleneck: nil, quantizer: settings.quantizer,
      activation: context.suggestion("activation"), expansion: "channels", context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}

/// The settings of `models.UnifiedMixture`.
///
///     x ─ g_a ─ y ─ level 1 ─ level 2 ─ … ─ level L          encoder: each level codes m numbers a place and hands on what is left
///                      │ j₁      │ j₂          │ j_L
///     x̂ ─ g_s ─ ŷ ─ level 1 ─ level 2 ─ … ─ level L          decoder: restored from the coarsest level on
///
/// x `[N, 3, H, W]`, y and ŷ `[N, C, H/8, W/8]`, j_l `[N, m, H/2^(l+3), W/2^(l+3)]`. Zhu, Song, Gao, Zheng, Shen, "Unified
/// multivariate Gaussian mixture for efficient neural image compression", CVPR 2022 (arXiv 2203.10897), figure 3. With the defaults, those of
/// the published model of xiaosu-zhu/McQuic, there are as many parameters as there: 50.56 million. The largest has 192 channels and 12 groups.
public struct UnifiedMixtureSettings: ValidatedSettings {
  /// C, the number of channels of all layers and of the latent, 1 to 4096.
  public var channels = 128
  /// The non-linearity of the blocks that change the sides, for those that name none of their own; those that double them get its inverse.
  public var activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// g_a; what it leaves open is C and the non-linearity above.
  public var encoder = Component<NetworkKind>("networks.UnifiedMixtureEncoder")
  /// g_s; what it leaves open is C and the inverse of the non-linearity above.
  public var decoder = Component<NetworkKind>("networks.UnifiedMixtureDecoder")
  /// What quantises and codes the latent: its `groups` are m, its `sizes` the list of k.
  public var quantizer = Component<QuantizerKind>("quantizer.CascadedVector")
  /// The loss; with codebooks its rate has no gradient, and its weight of the distortion scales the gradients alone.
  public var rateDistortionFunction = Component<LossKind>("loss.RateDistortion")

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { ChannelCheck.problems([("channels", channels)]) }
}
