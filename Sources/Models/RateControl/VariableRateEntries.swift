import Configuration
public import Registry

extension ModelEntries {
  private static let summaryEnd = "with intervals that the rate decides and learned offsets, in one set of weights."
  private static let leaf = "Variable Rate/Scaling Parameters/Direct"

  /// The models of CompressAI with several rates: those of one rate with other defaults.
  static let variableRateModels: [Entry] = [
    Entry(
      ModelKind.self, "models.VariableRateScaleHyperprior", aliases: ["bmshj2018-hyperprior-vbr"],
      summary: "Scale-hyperprior model \(summaryEnd)", leaf: leaf, alsoIn: ["Hierarchical Priors/Local Context Modeling"],
      paper: "kamisli2024variable",
      equation: """
        y = g_a(x), z = h_a(|y|), σ = h_s(ẑ), q = round(y·g_s) ~ N(0, (σ·g_s)²) ∗ U(−½, ½)
        ŷ = sign(q)·(|q| + o(σ·g_s, g_s))/g_s, x̂ = g_s(ŷ)
        """,
      settings: VariableRateScaleHyperpriorSettings.self
    ) { settings, context in
      let parts = try HyperpriorPlan(
        settings.components, hyperActivation: Component("nonlinearity.ReLU"), parameters: ("scales", 1), context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.model(seeds: $0) { ScaleHyperprior(parts: $0) } }
    },
    Entry(
      ModelKind.self, "models.VariableRateMeanScaleHyperprior", aliases: ["mbt2018-mean-vbr"],
      summary: "Mean-scale-hyperprior model \(summaryEnd)", leaf: leaf,
      alsoIn: ["Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors"],
      paper: "kamisli2024variable",
      equation: """
        y = g_a(x), z = h_a(y), (σ, μ) = h_s(ẑ), q = round((y − μ)·g_s) ~ N(0, (σ·g_s)²) ∗ U(−½, ½)
        ŷ = μ + sign(q)·(|q| + o(σ·g_s, g_s))/g_s, x̂ = g_s(ŷ)
        """,
      settings: VariableRateMeanScaleHyperpriorSettings.self
    ) { settings, context in
      let parts = try HyperpriorPlan(
        settings.components, hyperActivation: Component("nonlinearity.LeakyReLU"), parameters: ("scales and means", 2), context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) { try parts.model(seeds: $0) { MeanScaleHyperprior(parts: $0) } }
    },
    Entry(
      ModelKind.self, "models.VariableRateJointAutoregressiveHyperprior", aliases: ["mbt2018-vbr"],
      summary: "Joint autoregressive and hierarchical model \(summaryEnd)", leaf: leaf,
      alsoIn: [
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
        "Context Models/Sequential/Autoregressive",
      ], paper: "kamisli2024variable",
      equation: """
        y = g_a(x), z = h_a(y), ψ = h_s(ẑ), φ_i = masked conv 5×5 of ŷ_<i + W·g_s + b, (σ_i, μ_i) = e(ψ_i, φ_i)
        q_i = round((y_i − μ_i)·g_s) ~ N(0, (σ_i·g_s)²) ∗ U(−½, ½), ŷ_i = μ_i + sign(q_i)·(|q_i| + o(σ_i·g_s, g_s))/g_s
        """,
      settings: VariableRateJointAutoregressiveSettings.self
    ) { settings, context in
      let parts = try AutoregressivePlan(settings.components, context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) {
        try parts.model(seeds: $0) { JointAutoregressiveHyperprior(parts: $0, contextModel: $1) }
      }
    },
  ]
}

/// The settings of `models.VariableRateScaleHyperprior`.
public typealias VariableRateScaleHyperpriorSettings = HyperpriorSettings<VariableRateDefaults<ScaleHyperpriorDefaults>>
/// The settings of `models.VariableRateMeanScaleHyperprior`.
public typealias VariableRateMeanScaleHyperpriorSettings = HyperpriorSettings<VariableRateDefaults<MeanScaleHyperpriorDefaults>>
/// The settings of `models.VariableRateJointAutoregressiveHyperprior`.
public typealias VariableRateJointAutoregressiveSettings = HyperpriorSettings<VariableRateDefaults<JointAutoregressiveHyperpriorDefaults>>

/// The defaults of a model of one rate, with quantisation offsets and a quantizer that rounds in training.
public enum VariableRateDefaults<Base: HyperpriorDefaults>: HyperpriorDefaults {
  /// As with one rate.
  public static var channels: Int { Base.channels }
  /// As with one rate.
  public static var hyperSynthesis: Component<NetworkKind> { Base.hyperSynthesis }
  /// Noise for the rate and rounding for the reconstruction.
  public static var quantizer: Component<QuantizerKind> { Component("quantizer.Mixed") }
  /// Offsets.
  public static var rateControl: Component<RateControlKind>? { Component("rate_control.QuantizationOffsets") }
}
