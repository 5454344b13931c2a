import Configuration
public import Registry
import Torch

/// The non-linearities of the catalogue; each makes `any Layer`.
public enum LayerEntries {
  /// All of them.
  public static let all: [Entry] = normalizations + units

  private static let normalizations: [Entry] = [
    Entry(
      NonlinearityKind.self, "nonlinearity.GDN", aliases: ["activations.GeneralizedDivisiveNormalization", "compressai.layers.GDN"],
      summary: "Generalized divisive normalization and its approximate inverse.",
      leaf: "Architectural Archetypes/Non-linearity/Generalized Divisive Normalization",
      paper: "balle2016density",
      equation: """
        z_i = x_i / (β_i + Σ_j γ_ij·|x_j|^α)^ε
        inverse: x_i = z_i · (β_i + Σ_j γ_ij·|z_j|^α)^ε
        """,
      settings: GDNSettings.self
    ) { settings, _ -> any Layer in
      try GeneralizedDivisiveNormalization(
        channels: settings.channels ?? 1, inverse: settings.inverse ?? false, betaMinimum: settings.betaMin,
        gammaInitial: settings.gammaInit, alpha: settings.alpha, epsilon: settings.epsilon, learnsExponents: settings.learnedExponents)
    },
    Entry(
      NonlinearityKind.self, "nonlinearity.OneDN",
      aliases: ["nonlinearity.1DN", "activations.OneDivisiveNormalization", "compressai.layers.GDN1"],
      summary: "Divisive normalization without powers and roots (1DN) and its approximate inverse.",
      leaf: "Architectural Archetypes/Non-linearity/One Divisive Normalization",
      paper: "johnston2019computationally",
      equation: """
        z_i = x_i / (β_i + Σ_j γ_ij·|x_j|)
        inverse: x_i = z_i · (β_i + Σ_j γ_ij·|z_j|)
        """,
      settings: OneDNSettings.self
    ) { settings, _ -> any Layer in
      try OneDivisiveNormalization(
        channels: settings.channels ?? 1, inverse: settings.inverse ?? false, betaMinimum: settings.betaMin,
        gammaInitial: settings.gammaInit)
    },
    Entry(
      NonlinearityKind.self, "nonlinearity.GSDN", aliases: ["activations.GeneralizedSubtractiveDivisiveNormalization"],
      summary: "Generalized subtractive and divisive normalization and its approximate inverse.",
      leaf: "Architectural Archetypes/Non-linearity/Generalized Subtractive Divisive Normalization",
      paper: "qian2022learning",
      equation: """
        z_i = (x_i − (ν_i + Σ_j τ_ij·x_j)) / √(β_i + Σ_j γ_ij·x_j²)
        inverse: x_i = z_i · √(β_i + Σ_j γ_ij·z_j²) + (ν_i + Σ_j τ_ij·z_j)
        """,
      settings: GSDNSettings.self
    ) { settings, _ -> any Layer in
      try GeneralizedSubtractiveDivisiveNormalization(
        channels: settings.channels ?? 1, inverse: settings.inverse ?? false, betaMinimum: settings.betaMin,
        gammaInitial: settings.gammaInit, tauInitial: settings.tauInit, isSigned: settings.signed)
    },
  ]

  private static let pointwise = "it works on each value by itself; the taxonomy has normalizations across channels alone"

  private static let units: [Entry] = [
    Entry(
      NonlinearityKind.self, "nonlinearity.ReLU", aliases: ["activations.ReLU", "torch.nn.ReLU"],
      summary: "The rectified linear unit max(x, 0).",
      outside: pointwise, equation: "f(x) = max(x, 0)",
      settings: NoSettings.self
    ) { _, _ -> any Layer in RectifiedLinear() },
    Entry(
      NonlinearityKind.self, "nonlinearity.LeakyReLU", aliases: ["activations.LeakyReLU", "torch.nn.LeakyReLU"],
      summary: "The leaky rectified linear unit: x, or a small part of it below zero.",
      outside: pointwise, paper: "maas2013rectifier",
      equation: "f(x) = x where x ≥ 0, otherwise negative_slope · x",
      settings: LeakyReLUSettings.self
    ) { settings, _ -> any Layer in LeakyRectifiedLinear(slope: settings.negativeSlope) },
    Entry(
      NonlinearityKind.self, "nonlinearity.GELU", aliases: ["activations.GELU", "torch.nn.GELU"],
      summary: "The Gaussian error linear unit: x times the normal distribution function of x.",
      outside: pointwise, paper: "hendrycks2016gaussian",
      equation: """
        f(x) = x·Φ(x), Φ the normal distribution function
        tanh: Φ(x) ≈ ½·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
        """,
      settings: GELUSettings.self
    ) { settings, _ -> any Layer in GaussianErrorLinear(usesTanh: settings.approximate == .tanh) },
    Entry(
      NonlinearityKind.self, "nonlinearity.Identity", aliases: ["activations.Identity", "torch.nn.Identity"],
      summary: "No non-linearity.",
      outside: "it does nothing", equation: "f(x) = x",
      settings: NoSettings.self
    ) { _, _ -> any Layer in Identity() },
  ]
}
