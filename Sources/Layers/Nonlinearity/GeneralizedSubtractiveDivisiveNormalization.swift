public import Torch

/// Generalized subtractive and divisive normalization (GSDN) and its approximate inverse.
///
///     GSDN:     z_i = (x_i − (ν_i + Σ_j τ_ij · x_j)) / √(β_i + Σ_j γ_ij · x_j²)
///     inverse:  x_i = z_i · √(β_i + Σ_j γ_ij · z_j²) + (ν_i + Σ_j τ_ij · z_j)
///
/// i and j run over the channels at one place of an `[N, C, H, W]` tensor. It is GDN after a mean has been taken off, which the other channels
/// predict. Qian et al., "Learning accurate entropy model with global reference for image compression", ICLR 2021. Where all γ and τ are zero
/// the inverse is exact.
///
/// What follows is a choice of Benchpresso: ν ≥ 0 and τ ≥ 0 are kept so in the way of γ, by ``NonNegativeParametrizer``, unless they are
/// signed and stored as they are; at the start β = 1, γ = `gammaInitial`·I, ν = 0 and τ = `tauInitial`·I. The parameters are named `beta`,
/// `gamma`, `nu` and `tau` in the state_dict, since CompressAI has no such layer. Signed ν and τ did better in a short training, with a loss
/// 5 to 7 % smaller (`Documentation/Decisions/2026-11-25-signs-of-gsdn.md`); non-negative ones are the default because published weights
/// are made with them.
public final class GeneralizedSubtractiveDivisiveNormalization: Nonlinearity {
  package let inverse: Bool
  private let norm: ChannelPool
  private let mean: ChannelPool

  /// Creates a normalization over `channels` channels.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - inverse: whether it multiplies and adds instead of subtracting and dividing.
  ///   - betaMinimum: the least value of β, not negative.
  ///   - gammaInitial: the initial diagonal of γ, not negative.
  ///   - tauInitial: the initial diagonal of τ, negative only when it is signed.
  ///   - isSigned: whether ν and τ may become negative.
  public init(
    channels: Int, inverse: Bool = false, betaMinimum: Double = 1e-6, gammaInitial: Double = 0.1, tauInitial: Double = 0.1,
    isSigned: Bool = false
  ) throws(TorchError) {
    self.inverse = inverse
    norm = try ChannelPool(channels: channels, constant: 1, diagonal: gammaInitial, minimum: betaMinimum)
    mean = try ChannelPool(channels: channels, constant: 0, diagonal: tauInitial, minimum: isSigned ? nil : 0)
  }

  /// The stored parameters and the constants of their reparametrisation.
  public var members: [Member] { norm.members(constant: "beta", weights: "gamma") + mean.members(constant: "nu", weights: "tau") }

  /// Returns the normalized tensor, `[N, C, H, W]` like its input.
  ///
  /// - Throws: ``TorchError`` when the input has another number of channels.
  public func forward(_ input: Tensor) throws -> Tensor {
    let input = try input.inFullPrecision()
    let mean = try mean.forward(input)
    if Kernels.take(input) {
      let (constants, weights) = try norm.values()
      let kernel = NormalizationKernel(squares: true, root: true, inverse: inverse)
      return inverse
        ? try kernel.apply(input, constants: constants, weights: weights) + mean
        : try kernel.apply(input, numerator: input - mean, constants: constants, weights: weights)
    }
    let norm = try norm.forward(input.squared())
    return inverse ? try input * norm.squareRoot() + mean : try (input - mean) * norm.reciprocalSquareRoot()
  }

  /// 2·C² multiply–accumulates for the sums; a square, a root, a product and a difference for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 2 * channels * channels, others: 4 * channels) }
}
