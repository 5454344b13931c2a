import Configuration
public import Registry

/// The rate controls of the catalogue, each of which makes a ``RateControlPlan``.
public enum RateControlEntries {
  /// All of them.
  public static let all: [Entry] = direct

  private static let directLeaf = "Variable Rate/Scaling Parameters/Direct"

  private static let direct: [Entry] = [
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
      RateControlPlan("rate_control.QuantizationOffsets", needsRounding: settings.offsets) { place, seeds in
        try QuantizationOffsets(
          axis: RateAxis(lambdas: settings.lambdas), gains: settings.gains, usesOffsets: settings.offsets,
          contextChannels: place.hasContext ? 2 * place.latentChannels : nil, seeds: seeds)
      }
    }
  ]
}
