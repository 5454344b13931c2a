import Configuration
public import Registry

extension ModelEntries {
  private static let local = "Architectural Archetypes/Hierarchical Transformer/Local Attention"

  /// The models of attention within windows.
  static let windowModels: [Entry] = [
    Entry(
      ModelKind.self, "models.TIC", summary: "Transformer-based image compression: residual Swin transformer blocks and causal attention.",
      leaf: "\(local)/Shifting-window-based Attention",
      alsoIn: ["Hierarchical Priors/Global Context Modeling/Attention Based Models/Swin Transformer-based Attention"],
      paper: "lu2021transformer",
      equation: "y = g_a(x), ψ = h_s(ẑ), z = h_a(y), θ_i = e(attention among ŷ_j before i in a 5×5 window, ψ_i)",
      settings: ArchitectureSettings<TICDefaults>.self
    ) { settings, context in try architecture(settings, context: context) },
    Entry(
      ModelKind.self, "models.STF", summary: "The symmetrical transformer: stages of Swin blocks that merge and split patches.",
      leaf: "\(local)/Shifting-window-based Attention",
      alsoIn: ["Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model"], paper: "zou2022devil",
      equation: """
        y = g_a(x), (ψ_σ, ψ_μ) = h_s(ẑ), z = h_a(y)
        θ_i = e_i(ψ, ŷ of the first six slices before i), ŷ_i ← ŷ_i + ½·tanh(r_i(ψ_μ, ŷ_≤i))
        """,
      settings: ArchitectureSettings<STFDefaults>.self
    ) { settings, context in try architecture(settings, context: context) },
    Entry(
      ModelKind.self, "models.TCM",
      summary: "Blocks of a transformer and a convolutional network side by side, and attention before each slice's prediction.",
      leaf: "\(local)/Transformer-CNN Mixture",
      alsoIn: ["Context Models/Parallel Decoding/Channel and Spatial/Channel-wise Autoregressive Context Model"], paper: "liu2023learned",
      equation: """
        y = g_a(x), (ψ_σ, ψ_μ) = h_s(ẑ), z = h_a(y)
        u_i = a_i(ψ, ŷ_<i), θ_i = e_i(u_i), ŷ_i ← ŷ_i + ½·tanh(r_i(u_i, ŷ_i))
        """,
      settings: ArchitectureSettings<TCMDefaults>.self
    ) { settings, context in try architecture(settings, context: context) },
  ]

  private static func architecture<Defaults>(
    _ settings: ArchitectureSettings<Defaults>, context: BuildContext
  ) throws(ConfigurationError) -> ModelPlan {
    let parts = try ComposedPlan(settings.components, context: context)
    return ModelPlan(loss: settings.rateDistortionFunction) { try parts.build(seeds: $0) }
  }
}

/// Transformer-based image compression.
///
///     x ─ TICEncoder ─ y ──────────────────── Q ─ ŷ ─ TICDecoder ─ x̂
///                      │                      │
///              TICHyperAnalysis ─ z ─ Q ─ TICHyperSynthesis ─ ψ ─ causal attention ─ Gaussians
///
/// Lu, Guo, Shi, Cao, Ma, "Transformer-based image compression", DCC 2022. N and M are 128 and 192 for the four lower rates of the authors' code, lumingzzz/TIC, and 192 and 320 for
/// the higher ones. What differs from it: how the context model takes its window (`CausalAttentionContext` says how) and its leaky rectified linear units, where
/// the code has Gaussian error linear ones; stochastic depth is left out.
public enum TICDefaults: ArchitectureDefaults {
  /// 128.
  public static let channels = 128
  /// 192.
  public static let expansionChannels = 192
  /// None has a place for it.
  public static let activation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// None has a place for it.
  public static let hyperActivation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// With residual Swin transformer blocks.
  public static let encoder = Component<NetworkKind>("networks.TICEncoder")
  /// With residual Swin transformer blocks.
  public static let decoder = Component<NetworkKind>("networks.TICDecoder")
  /// With residual Swin transformer blocks.
  public static let hyperAnalysis = Component<NetworkKind>("networks.TICHyperAnalysis")
  /// With residual Swin transformer blocks.
  public static let hyperSynthesis = Component<NetworkKind>("networks.TICHyperSynthesis")
  /// Attention among the decoded neighbours.
  public static let contextModel = Component<ContextModelKind>("context.CausalAttention")
}

/// The symmetrical transformer.
///
///     x ─ STFEncoder ─ y ──────────────────── Q ─ ŷ ─ STFDecoder ─ x̂
///                      │                      │
///              STFHyperAnalysis ─ z ─ Q ─ STFHyperSynthesis ─ ψ_σ, ψ_μ ─ slices of channels ─ Gaussians
///
/// Zou, Song, Zhang, "The devil is in the details: window-based attention for image compression", CVPR 2022, section 3.3. The latent's 384 channels go in twelve slices,
/// each predicted from the first six before it by networks of five convolutions 3×3, as in the authors' code, Googolxx/STF; stochastic depth is left out.
public enum STFDefaults: ArchitectureDefaults {
  /// 192.
  public static let channels = 192
  /// 384, eight times 48.
  public static let expansionChannels = 384
  /// None has a place for it.
  public static let activation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// Between the convolutions.
  public static let hyperActivation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// Stages that merge squares.
  public static let encoder = Component<NetworkKind>("networks.STFEncoder")
  /// Stages that split places.
  public static let decoder = Component<NetworkKind>("networks.STFDecoder")
  /// Five convolutions.
  public static let hyperAnalysis = Component<NetworkKind>("networks.STFHyperAnalysis")
  /// Scales and means apart.
  public static let hyperSynthesis = Component<NetworkKind>("networks.STFHyperSynthesis")
  /// Twelve slices.
  public static let contextModel = Component<ContextModelKind>(
    "context.ChannelWise",
    ["slices": 12, "support": 6, "widths": [224, 176, 128, 64], "kernel": 3, "activation": ["class_path": "nonlinearity.GELU"]])
}

/// Mixed transformer-CNN architectures.
///
///     x ─ TCMEncoder ─ y ──────────────────── Q ─ ŷ ─ TCMDecoder ─ x̂
///                      │                      │
///              TCMHyperAnalysis ─ z ─ Q ─ TCMHyperSynthesis ─ ψ_σ, ψ_μ ─ SWAtten and slices of channels ─ Gaussians
///
/// Liu, Sun, Katto, "Learned image compression with mixed transformer-CNN architectures", CVPR 2023. This is the small model, whose networks are C = 64 wide; `width: 96` or 128 in the four
/// networks gives the others. The latent's 320 channels go in five slices; before each network of a slice stands the attention module SWAtten of 128 channels, heads of 16 numbers and windows of 8, as
/// in the authors' code, jmliu206/LIC_TCM.
public enum TCMDefaults: ArchitectureDefaults {
  /// 192.
  public static let channels = 192
  /// 320.
  public static let expansionChannels = 320
  /// In the residual blocks that change the sides.
  public static let activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// In the residual blocks that change the sides.
  public static let hyperActivation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// Mixed blocks.
  public static let encoder = Component<NetworkKind>("networks.TCMEncoder")
  /// Mixed blocks.
  public static let decoder = Component<NetworkKind>("networks.TCMDecoder")
  /// Mixed blocks.
  public static let hyperAnalysis = Component<NetworkKind>("networks.TCMHyperAnalysis")
  /// Mixed blocks, scales and means apart.
  public static let hyperSynthesis = Component<NetworkKind>("networks.TCMHyperSynthesis")
  /// Five slices with attention.
  public static let contextModel = Component<ContextModelKind>(
    "context.ChannelWise",
    [
      "slices": 5, "widths": [224, 128], "kernel": 3, "activation": ["class_path": "nonlinearity.GELU"],
      "attention": ["class_path": "blocks.SwinAttention"],
    ])
}
