import Configuration
import Layers
import Registry
import Torch

extension QuantizerEntries {
  /// Several levels of codebooks with networks between.
  static let cascadedVector = Entry(
    QuantizerKind.self, "quantizer.CascadedVector",
    summary: "Levels of codebooks, each of which codes what those before it left, at half the sides and with networks between.",
    leaf: "Quantization/Vector Quantization/Variational Vector Quantization/Unified Multivariate Gaussian Mixture", paper: "zhu2022unified",
    equation: """
      level l of L: z = a_l(x_l), ĉ_l = C[j], j = argmin_j ‖h_l(z) − c_j‖², x_(l+1) = r_l(z) − ĉ_l, x_1 = y
      x̂_l = e_l(d_l(ĉ_l) + s_l(x̂_(l+1))), ŷ = x̂_1, rate = −Σ_l log₂ P_l(j), P_l how often j is the nearest
      training: j = argmax_j (ℓ_j + n_j), ℓ_j = −τ·‖h_l(z) − c_j‖²/√k, n_j ~ Gumbel
      """,
    settings: CascadedVectorSettings.self
  ) { settings, context in
    var activation = settings.activation ?? Component<NonlinearityKind>("nonlinearity.GDN")
    activation.path = context.path(of: "activation")
    return QuantizerPlan(
      "quantizer.CascadedVector",
      .cascade(groups: settings.groups, reduction: 1 << settings.sizes.count) { [activation] channels, seeds in
        let cascade = try VectorCascade(
          channels: channels, groups: settings.groups, sizes: settings.sizes, reassignmentSteps: settings.reassignmentSteps,
          nonlinearity: { channels, inverse in
            try context.build(
              activation, as: (any Layer).self, suggesting: ["channels": Node(.int(channels)), "inverse": Node(.bool(inverse))])
          }, seeds: seeds)
        return CascadedVectorCoding(cascade)
      })
  }
}
