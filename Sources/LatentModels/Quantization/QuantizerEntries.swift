import Configuration
public import Registry

/// The quantizers of the catalogue, each of which makes a ``QuantizerPlan``.
public enum QuantizerEntries {
  /// All of them.
  public static let all: [Entry] = wholeNumbers + dithered + codebooks + [cascadedVector]

  private static let uniform = "Quantization/Scalar Quantization/Uniform Quantization"
  private static let universal = "Quantization/Vector Quantization/Universal Quantization"

  private static let wholeNumbers: [Entry] = [
    Entry(
      QuantizerKind.self, "quantizer.AdditiveNoise", summary: "Uniform noise stands for rounding in training.", leaf: uniform,
      paper: "balle2016end",
      equation: """
        training: ỹ = y + u, u ~ U(−½, ½)
        coding: ŷ = round(y − c) + c, c the median or the mean
        """,
      settings: NoSettings.self
    ) { _, _ in QuantizerPlan.additiveNoise },
    Entry(
      QuantizerKind.self, "quantizer.StraightThrough", summary: "Rounding in training, too, with the gradient of the identity.",
      leaf: uniform, paper: "theis2017lossy",
      equation: "training and coding: ŷ = round(y − c) + c with ∂ŷ/∂y = 1, c the median or the mean",
      settings: NoSettings.self
    ) { _, _ in QuantizerPlan("quantizer.StraightThrough", .wholeNumbers { StraightThroughQuantizer() }) },
    Entry(
      QuantizerKind.self, "quantizer.Mixed", summary: "In training noise for the rate and rounding for the reconstruction.", leaf: uniform,
      paper: "minnen2020channel",
      equation: """
        training: rate of y + u, u ~ U(−½, ½); reconstruction of round(y − c) + c with the gradient of y
        coding: ŷ = round(y − c) + c, c the median or the mean
        """,
      settings: NoSettings.self
    ) { _, _ in QuantizerPlan("quantizer.Mixed", .wholeNumbers { MixedQuantizer() }) },
    Entry(
      QuantizerKind.self, "quantizer.SoftRounding", summary: "Soft rounding and noise that become rounding in the course of a training.",
      leaf: universal, alsoIn: [uniform], paper: "agustsson2020universally",
      equation: """
        training: rate of s_α(y − c) + u + c, reconstruction of r_α(s_α(y − c) + u) + c, u ~ U(−½, ½)
        s_α(y) = ⌊y⌋ + ½ + ½·tanh(α·r)/tanh(α/2), r = y − ⌊y⌋ − ½;  r_α(v) = s_α⁻¹(v − ½) + ½
        coding: ŷ = round(y − c) + c, c the median or the mean
        """,
      settings: SoftRoundingSettings.self
    ) { settings, _ in
      let annealing = Annealing(
        from: settings.alphaStart, to: settings.alphaEnd, steps: settings.annealingSteps, course: .linear)
      return QuantizerPlan("quantizer.SoftRounding", .wholeNumbers { SoftRoundingQuantizer(annealing: annealing) })
    },
  ]

  private static let dithered: [Entry] = [
    Entry(
      QuantizerKind.self, "quantizer.Universal",
      summary: "Rounding after a random offset that both sides know, the same in training and in coding.", leaf: universal,
      paper: "agustsson2020universally",
      equation: """
        k = round(y − m − u), ŷ = k + u + m, P(k) = c(k + u + m + ½) − c(k + u + m − ½)
        with α: k = round(s_α(y − m) − u), ŷ = r_α(k + u) + m
        """,
      settings: UniversalSettings.self
    ) { settings, _ in
      let dither = Dither(seed: UInt32(clamping: settings.seed), count: settings.offsets)
      let rounding = settings.alpha.map { SoftRounding(sharpness: $0) }
      return QuantizerPlan("quantizer.Universal", .dithered { try DitheredBottleneck($0, dither: dither, rounding: rounding) })
    }
  ]

  private static let codebooks: [Entry] = [
    Entry(
      QuantizerKind.self, "quantizer.SoftToHard", summary: "Soft assignments to the entries of a codebook that become hard ones.",
      leaf: "Quantization/Vector Quantization/Soft-to-hard Vector Quantization", paper: "agustsson2017soft",
      equation: """
        training: ṽ = Σ_j φ_j·c_j, φ = softmax_j(−σ·‖v − c_j‖²), rate = −Σ_j φ_j·log₂ p_j
        coding: the nearest c_j
        """,
      settings: SoftToHardSettings.self
    ) { settings, _ in
      let annealing = Annealing(
        from: settings.sigmaStart, to: settings.sigmaEnd, steps: settings.annealingSteps, course: .geometric)
      return QuantizerPlan(
        "quantizer.SoftToHard",
        .codebook(dimension: settings.dimension) { channels, seeds in
          let codebook = try Codebook(
            groups: channels / settings.dimension, size: settings.size, dimension: settings.dimension, range: settings.range, seeds: seeds)
          return CodebookCoding(codebook, rule: SoftToHardRule(annealing: annealing))
        })
    },
    Entry(
      QuantizerKind.self, "quantizer.StochasticBinarization",
      summary: "One bit for each number, drawn in training with a probability that the number tells.",
      leaf: "Quantization/Scalar Quantization/Stochastic Binarization", paper: "toderici2016variable",
      equation: """
        training: b = 1 with probability (1 + tanh v)/2, otherwise −1, with ∂b/∂ tanh v = 1
        coding: the sign of v
        """,
      settings: NoSettings.self
    ) { _, _ in
      QuantizerPlan(
        "quantizer.StochasticBinarization",
        .codebook(dimension: 1) { channels, _ in
          CodebookCoding(try BinarizationRule.codebook(channels: channels), rule: BinarizationRule())
        })
    },
    Entry(
      QuantizerKind.self, "quantizer.NonUniform", summary: "Learned levels for each channel, fitted in turns with the network.",
      leaf: "Quantization/Scalar Quantization/Non-Uniform Quantization", paper: "cai2018deep",
      equation: "v̂ = c_k, k = argmin_j |v − c_j|, rate = −log₂ p_k",
      settings: NonUniformSettings.self
    ) { settings, _ in
      QuantizerPlan(
        "quantizer.NonUniform",
        .codebook(dimension: 1) { channels, seeds in
          let codebook = try Codebook(groups: channels, size: settings.size, dimension: 1, range: settings.range, seeds: seeds)
          return CodebookCoding(codebook, rule: NonUniformRule(warmupSteps: settings.warmupSteps, turnSteps: settings.turnSteps))
        })
    },
    Entry(
      QuantizerKind.self, "quantizer.EntropyConstrainedVector",
      summary: "The entry of a codebook with the least sum of bits and weighted error.",
      leaf: "Quantization/Vector Quantization/Variational Vector Quantization/Variational Entropy Constrained Vector Quantization",
      paper: "balle2020nonlinear", equation: "v̂ = c_k, k = argmin_j (−log₂ p_j + λ·‖v − c_j‖²), rate = −log₂ p_k",
      settings: EntropyConstrainedVectorSettings.self
    ) { settings, _ in
      QuantizerPlan(
        "quantizer.EntropyConstrainedVector",
        .codebook(dimension: settings.dimension) { channels, seeds in
          let codebook = try Codebook(
            groups: channels / settings.dimension, size: settings.size, dimension: settings.dimension, range: settings.range, seeds: seeds)
          return CodebookCoding(codebook, rule: EntropyConstrainedRule(weight: settings.lambda))
        })
    },
  ]
}
