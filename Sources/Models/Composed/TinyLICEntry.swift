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
    settings: ArchitectureSettings<TinyLICDefaults>.self
  ) { settings, context in try architecture(settings, context: context) }
}

/// The parts of `models.TinyLIC`.
///
///     x ─ g_a ─ y ──── Q ─────────────────── ŷ ─ g_s ─ x̂
///               │       ▲ (σ, μ)             │
///              h_a   cosine slicing ◀────────┘ slices and stages before
///               │       ▲ ψ
///               z ─ Q ─ ẑ ─ h_s
///
/// Lu, Ma, "High-efficiency lossy image coding through adaptive neighborhood information aggregation", 2022, figure 2. With the defaults, those of
/// lumingzzz/TinyLIC, there are as many parameters as there: 28.34 million.
public enum TinyLICDefaults: ArchitectureDefaults {
  /// 128.
  public static let channels = 128
  /// 320.
  public static let expansionChannels = 320
  /// None has a place for it.
  public static let activation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// None has a place for it.
  public static let hyperActivation = Component<NonlinearityKind>("nonlinearity.GELU")
  /// With residual neighbourhood attention; N are its channels at half of the sides.
  public static let encoder = Component<NetworkKind>("networks.TinyLICEncoder")
  /// With residual neighbourhood attention.
  public static let decoder = Component<NetworkKind>("networks.TinyLICDecoder")
  /// With residual neighbourhood attention; it gives ⌊3·N/2⌋ channels.
  public static let hyperAnalysis = Component<NetworkKind>("networks.TinyLICHyperAnalysis")
  /// With residual neighbourhood attention.
  public static let hyperSynthesis = Component<NetworkKind>("networks.TinyLICHyperSynthesis")
  /// Slices of channels that grow as a cosine, in up to four stages.
  public static let contextModel = Component<ContextModelKind>("context.CosineSlicing")
}
