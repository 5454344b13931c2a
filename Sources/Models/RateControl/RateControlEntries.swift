import Configuration
public import Registry

/// The rate controls of the catalogue, each of which makes a ``RateControlPlan``.
public enum RateControlEntries {
  /// All of them.
  public static let all: [Entry] = direct + conditional

  private static let directLeaf = "Variable Rate/Scaling Parameters/Direct"

  private static let conditionalLeaf = "Variable Rate/Scaling Parameters/Conditional"

  private static let direct: [Entry] = [
    Entry(
      RateControlKind.self, "rate_control.GainUnits", summary: "Vectors for each rate that scale the channels of both latents.",
      leaf: directLeaf, paper: "cui2022asymmetric",
      equation: """
        y' = y ⊙ m_s, ŷ = ŷ' ⊙ m'_s, z' = z ⊙ n_s, ẑ = ẑ' ⊙ n'_s
        between points m = m_s^(1 − t) ⊙ m_(s+1)^t
        """,
      settings: LearnedRatesSettings.self
    ) { settings, _ in
      RateControlPlan("rate_control.GainUnits", scalesHyper: true) { place, _ in
        try GainUnits(
          axis: RateAxis(lambdas: settings.lambdas), latentChannels: place.latentChannels, hyperChannels: place.hyperChannels)
      }
    },
    Entry(
      RateControlKind.self, "rate_control.QuantizationRegulator",
      summary: "A learned interval width for each rate, with which the predicted densities are scaled.", leaf: directLeaf,
      paper: "tong2023qvrf",
      equation: """
        q = round((y − μ)·a_s) ~ N(0, (σ·a_s)²) ∗ U(−½, ½), ŷ = μ + q/a_s
        between points a = a_s^(1 − t)·a_(s+1)^t
        """,
      settings: LearnedRatesSettings.self
    ) { settings, _ in
      RateControlPlan("rate_control.QuantizationRegulator") { _, _ in
        try LearnedSteps(axis: RateAxis(lambdas: settings.lambdas), name: "regulator", channels: 1)
      }
    },
    Entry(
      RateControlKind.self, "rate_control.QuantizationOffsets",
      summary: "Interval widths that the rate decides, and learned offsets of what is put back.", leaf: directLeaf,
      paper: "kamisli2024variable",
      equation: """
        q = round((y − μ)·g_s), σ_q = σ·g_s, ŷ = μ + sign(q)·(|q| + o)/g_s
        o = −f(σ_q, g_s) where q ≠ 0, f: 2 → 12 → 12 → 1; with a context model φ' = φ + W·g_s + b
        between points g = g_s^(1 − t)·g_(s+1)^t
        """,
      settings: QuantizationOffsetsSettings.self
    ) { settings, _ in
      RateControlPlan(
        "rate_control.QuantizationOffsets", needsRounding: settings.offsets, scalesHyper: settings.hyperSteps,
        needsHyper: settings.hyperSteps, hasOffsets: settings.offsets
      ) { place, seeds in
        try QuantizationOffsets(
          axis: RateAxis(lambdas: settings.lambdas), gains: settings.gains, usesOffsets: settings.offsets, scalesHyper: settings.hyperSteps,
          contextChannels: place.hasContext ? 2 * place.latentChannels : nil, seeds: seeds)
      }
    },
  ]

  private static let conditional: [Entry] = [
    Entry(
      RateControlKind.self, "rate_control.ScaleParameters", summary: "A learned interval width for each channel at each rate.",
      leaf: conditionalLeaf, paper: "theis2017lossy",
      equation: """
        q = round((y − μ) ⊙ g_s) ~ N(0, (σ ⊙ g_s)²) ∗ U(−½, ½), ŷ = μ + q ⊘ g_s
        between points g = g_s^(1 − t) ⊙ g_(s+1)^t
        """,
      settings: LearnedRatesSettings.self
    ) { settings, _ in
      RateControlPlan("rate_control.ScaleParameters") { place, _ in
        try LearnedSteps(axis: RateAxis(lambdas: settings.lambdas), name: "scale_parameters", channels: place.latentChannels)
      }
    },
    Entry(
      RateControlKind.self, "rate_control.ConditionalConvolutions",
      summary: "Vectors for each λ that scale and shift what convolutions give, and an interval width between.", leaf: conditionalLeaf,
      paper: "choi2019variable",
      equation: """
        h' = softplus(u_λ) ⊙ h + v_λ
        q = round((y − μ)/Δ) ~ N(0, (σ/Δ)²) ∗ U(−½, ½), ŷ = μ + q·Δ, Δ = √(λ_s/λ) with the nearest λ_s
        """,
      settings: LearnedRatesSettings.self
    ) { settings, _ in
      RateControlPlan("rate_control.ConditionalConvolutions", needsStages: true) { place, _ in
        try ConditionalConvolutions(lambdas: settings.lambdas, place: place)
      }
    },
    Entry(
      RateControlKind.self, "rate_control.ModulatedAutoencoder",
      summary: "Small networks of λ whose output scales the features of encoder and decoder.", leaf: conditionalLeaf,
      paper: "yang2020variable",
      equation: """
        h' = h ⊙ m_l(λ) behind stage l of the encoder, ahead of stage l of the decoder
        m_l(λ) = exp(W₂·max(W₁·t + b₁, 0) + b₂), t = ln(λ/λ_first)/ln(λ_last/λ_first)
        """,
      settings: ModulatedAutoencoderSettings.self
    ) { settings, _ in
      RateControlPlan("rate_control.ModulatedAutoencoder", needsStages: true) { place, seeds in
        try ModulatedAutoencoder(lambdas: settings.lambdas, width: settings.width, place: place, seeds: seeds)
      }
    },
    Entry(
      RateControlKind.self, "rate_control.SpatialFeatureTransform",
      summary: "Feature transforms that a map of qualities steers, one for each place.", leaf: conditionalLeaf, paper: "song2021variable",
      equation: """
        h' = h ⊙ (1 + γ(c)) + β(c), c of the map in the encoder and of ŷ in the decoder
        λ(q) = λ_min·(λ_max/λ_min)^q for the quality q of a place
        """,
      settings: SpatialFeatureTransformSettings.self
    ) { settings, _ in
      RateControlPlan("rate_control.SpatialFeatureTransform", needsStages: true) { place, seeds in
        try SpatialFeatureTransform(
          lambdas: settings.lambdaMin...settings.lambdaMax, points: settings.points, condition: settings.conditionChannels, place: place,
          seeds: seeds)
      }
    },
  ]
}
