public import Torch

/// Generalized divisive normalization (GDN) and its approximate inverse (IGDN).
///
///     GDN:   z_i = x_i / √(β_i + Σ_j γ_ij · x_j²)
///     IGDN:  x_i = z_i · √(β_i + Σ_j γ_ij · z_j²)
///
/// i and j run over the channels at one place of an `[N, C, H, W]` tensor; β ≥ `betaMinimum` and γ ≥ 0 are kept so by
/// ``NonNegativeParametrizer`` and start as β = 1, γ = `gammaInitial`·I. Ballé, Laparra, Simoncelli: "Density modeling of images using a generalized
/// normalization transformation", ICLR 2016; the thesis' eq. 5.1 with α = 2 and ε = ½, as Ballé et al. 2018 fix
/// them.
public final class GeneralizedDivisiveNormalization: Layer {
  private let inverse: Bool
  private let beta: Parameter  // [C], stored form
  private let gamma: Parameter  // [C, C], stored form
  private let betaForm: NonNegativeParametrizer
  private let gammaForm: NonNegativeParametrizer
  private let channels: Int

  /// Creates a normalization over `channels` channels.
  public init(channels: Int, inverse: Bool = false, betaMinimum: Double = 1e-6, gammaInitial: Double = 0.1) throws(TorchError) {
    self.channels = channels
    self.inverse = inverse
    betaForm = try NonNegativeParametrizer(minimum: betaMinimum)
    gammaForm = try NonNegativeParametrizer()
    beta = try Parameter(betaForm.initial(Tensor.full([channels], 1)))
    gamma = try Parameter(gammaForm.initial(Tensor.identity(channels) * gammaInitial))
  }

  /// The stored parameters and the constants of their reparametrisation.
  public var members: [Member] {
    [.parameter("beta", beta), .parameter("gamma", gamma), .module("beta_reparam", betaForm), .module("gamma_reparam", gammaForm)]
  }

  /// Returns the normalized tensor.
  public func forward(_ input: Tensor) throws -> Tensor {
    let weight = try gammaForm.value(of: gamma.tensor).reshaped([channels, channels, 1, 1])
    let bias = try betaForm.value(of: beta.tensor)
    let norm = try input.squared().convolved(weight: weight, bias: bias)  // [N, C, H, W]
    return try input * (inverse ? norm.squareRoot() : norm.reciprocalSquareRoot())
  }
}
