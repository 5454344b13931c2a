import Configuration
import Registry

extension ModelEntries {
  /// The models whose latent is coded element after element.
  static let autoregressiveModels: [Entry] = [
    Entry(
      ModelKind.self, "models.JointAutoregressiveHyperprior",
      aliases: ["models.google_models.JointAutoregressiveHierarchicalPriors", "mbt2018"],
      summary: "Joint autoregressive and hierarchical model: Gaussians told by a second latent and by the elements before.",
      leaf: "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
      alsoIn: ["Context Models/Sequential/Autoregressive", "Quantization/Scalar Quantization/Uniform Quantization"],
      paper: "minnen2018joint",
      equation: """
        y = g_a(x), z = h_a(y), ψ = h_s(ẑ), φ_i = masked conv 5×5 of ŷ_<i, (σ_i, μ_i) = e(ψ_i, φ_i)
        ŷ_i ~ N(μ_i, σ_i²) ∗ U(−½, ½), x̂ = g_s(ŷ)
        """,
      settings: JointAutoregressiveHyperpriorSettings.self
    ) { settings, context in
      let parts = try AutoregressivePlan(settings.components, context: context)
      return ModelPlan(loss: settings.rateDistortionFunction) {
        try parts.model(seeds: $0) { JointAutoregressiveHyperprior(parts: $0, contextModel: $1) }
      }
    },
    Entry(
      ModelKind.self, "models.Cheng2020Anchor", aliases: ["cheng2020-anchor"],
      summary: "Residual blocks with the entropy model of the joint autoregressive one.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks",
      alsoIn: [
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
        "Context Models/Sequential/Autoregressive", "Quantization/Scalar Quantization/Uniform Quantization",
      ], paper: "cheng2020learned",
      equation: """
        y = g_a(x), z = h_a(y), ψ = h_s(ẑ), φ_i = masked conv 5×5 of ŷ_<i, (σ_i, μ_i) = e(ψ_i, φ_i)
        ŷ_i ~ N(μ_i, σ_i²) ∗ U(−½, ½), x̂ = g_s(ŷ)
        """,
      settings: Cheng2020AnchorSettings.self
    ) { settings, context in
      let parts = try AutoregressivePlan(settings.components, context: context, expansion: "channels")
      return ModelPlan(loss: settings.rateDistortionFunction) {
        try parts.model(seeds: $0) { Cheng2020Anchor(parts: $0, contextModel: $1) }
      }
    },
    Entry(
      ModelKind.self, "models.Cheng2020Attention", aliases: ["cheng2020-attn"],
      summary: "Residual blocks and attention with the entropy model of the joint autoregressive one.",
      leaf: "Architectural Archetypes/Convolutional/Residual Blocks",
      alsoIn: [
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
        "Context Models/Sequential/Autoregressive", "Quantization/Scalar Quantization/Uniform Quantization",
      ], paper: "cheng2020learned",
      equation: """
        y = g_a(x), z = h_a(y), ψ = h_s(ẑ), φ_i = masked conv 5×5 of ŷ_<i, (σ_i, μ_i) = e(ψ_i, φ_i)
        ŷ_i ~ N(μ_i, σ_i²) ∗ U(−½, ½), x̂ = g_s(ŷ)
        """,
      settings: Cheng2020AttentionSettings.self
    ) { settings, context in
      let parts = try AutoregressivePlan(settings.components, context: context, expansion: "channels")
      return ModelPlan(loss: settings.rateDistortionFunction) {
        try parts.model(seeds: $0) { Cheng2020Attention(parts: $0, contextModel: $1) }
      }
    },
  ]
}
