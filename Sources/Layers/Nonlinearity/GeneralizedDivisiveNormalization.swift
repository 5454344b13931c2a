public import Torch

/// Generalized divisive normalization (GDN) and its approximate inverse (IGDN).
///
///     GDN:   z_i = x_i / (β_i + Σ_j γ_ij · |x_j|^α)^ε
///     IGDN:  x_i = z_i · (β_i + Σ_j γ_ij · |z_j|^α)^ε
///
/// i and j run over the channels at one place of an `[N, C, H, W]` tensor; β ≥ `betaMinimum` and γ ≥ 0 are kept so by
/// ``NonNegativeParametrizer`` and start as β = 1, γ = `gammaInitial`·I. Ballé, Laparra, Simoncelli: "Density modeling of images using a generalized
/// normalization transformation", ICLR 2016; the thesis' eq. 5.1 with one α and one ε for all channels. The defaults α = 2 and ε = ½, a root of
/// squares, are those of Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018. Where all γ are zero the inverse
/// is exact.
public final class GeneralizedDivisiveNormalization: Nonlinearity {
  package let inverse: Bool
  private let alpha: Double
  private let epsilon: Double
  private let norm: ChannelPool
  private let exponents: LearnedExponents?

  /// Creates a normalization over `channels` channels.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - inverse: whether it multiplies instead of dividing.
  ///   - betaMinimum: the least value of β, not negative.
  ///   - gammaInitial: the initial diagonal of γ, not negative.
  ///   - alpha: the exponent of the channels, at least 1: below it the gradient at zero is infinite.
  ///   - epsilon: the exponent of the sum, positive.
  ///   - learnsExponents: whether α and ε are trained, starting with these.
  public init(
    channels: Int, inverse: Bool = false, betaMinimum: Double = 1e-6, gammaInitial: Double = 0.1, alpha: Double = 2, epsilon: Double = 0.5,
    learnsExponents: Bool = false
  ) throws(TorchError) {
    self.inverse = inverse
    self.alpha = alpha
    self.epsilon = epsilon
    norm = try ChannelPool(channels: channels, constant: 1, diagonal: gammaInitial, minimum: betaMinimum)
    exponents = learnsExponents ? try LearnedExponents(alpha: alpha, epsilon: epsilon) : nil
  }

  /// The stored parameters and the constants of their reparametrisation, under CompressAI's names; learned exponents are `alpha` and `epsilon`.
  public var members: [Member] { norm.members(constant: "beta", weights: "gamma") + (exponents?.members ?? []) }

  /// Returns the normalized tensor, `[N, C, H, W]` like its input.
  ///
  /// - Throws: ``TorchError`` when the input has another number of channels.
  public func forward(_ input: Tensor) throws -> Tensor {
    let input = try input.inFullPrecision()
    if let exponents { return try exponents.scaled(input, by: norm.forward(exponents.rectified(input)), inverse: inverse) }
    if [1, 2].contains(alpha), [0.5, 1].contains(epsilon), Kernels.take(input) {
      let (constants, weights) = try norm.values()
      return try NormalizationKernel(squares: alpha == 2, root: epsilon == 0.5, inverse: inverse)
        .apply(input, constants: constants, weights: weights)
    }
    let norm = try norm.forward(rectified(input))
    return switch (epsilon, inverse) {
    case (0.5, false): try input * norm.reciprocalSquareRoot()
    case (0.5, true): try input * norm.squareRoot()
    case (1, false): try input / norm
    case (1, true): try input * norm
    default: try input * norm.power(inverse ? epsilon : -epsilon)
    }
  }

  private func rectified(_ input: Tensor) throws -> Tensor {
    switch alpha {
    case 2: try input.squared()
    case 1: try input.absolute()
    default: try input.absolute().power(alpha)
    }
  }

  /// C² multiply–accumulates for the sums; a square, a root and a product for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: channels * channels, others: 3 * channels) }
}
