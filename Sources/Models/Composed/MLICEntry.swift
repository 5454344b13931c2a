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
    settings: ArchitectureSettings<MLICDefaults>.self
  ) { settings, context in try architecture(settings, context: context) }
}

/// The parts of `models.MLICLike`.
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
public enum MLICDefaults: ArchitectureDefaults {
  /// 192.
  public static let channels = 192
  /// 320.
  public static let expansionChannels = 320
  /// In the residual blocks that change the sides.
  public static let activation = Component<NonlinearityKind>("nonlinearity.GDN")
  /// The default networks have Gaussian error linear units of their own; it is for others.
  public static let hyperActivation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// Residual blocks.
  public static let encoder = Component<NetworkKind>("networks.MLICEncoder")
  /// Residual blocks.
  public static let decoder = Component<NetworkKind>("networks.MLICDecoder")
  /// Five convolutions.
  public static let hyperAnalysis = Component<NetworkKind>("networks.MLICHyperAnalysis")
  /// Five layers, two of which double the sides.
  public static let hyperSynthesis = Component<NetworkKind>("networks.MLICHyperSynthesis")
  /// References to slices, to neighbours and to all places.
  public static let contextModel = Component<ContextModelKind>("context.MultiReference")
}
