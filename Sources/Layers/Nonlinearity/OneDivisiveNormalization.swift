public import Torch

/// Divisive normalization without powers and roots (1DN, in CompressAI `GDN1`) and its approximate inverse.
///
///     1DN:      z_i = x_i / (β_i + Σ_j γ_ij · |x_j|)
///     inverse:  x_i = z_i · (β_i + Σ_j γ_ij · |z_j|)
///
/// i and j run over the channels at one place of an `[N, C, H, W]` tensor; β ≥ `betaMinimum` and γ ≥ 0 are kept so by
/// ``NonNegativeParametrizer`` and start as β = 1, γ = `gammaInitial`·I. It is GDN with α = ε = 1. Johnston, Eban, Gordon, Ballé:
/// "Computationally efficient neural image compression", 2019; the thesis' eq. 5.2. Where all γ are zero the inverse is exact.
public final class OneDivisiveNormalization: Nonlinearity {
  package let inverse: Bool
  private let norm: ChannelPool

  /// Creates a normalization over `channels` channels; of `betaMinimum` and `gammaInitial` none may be negative.
  public init(channels: Int, inverse: Bool = false, betaMinimum: Double = 1e-6, gammaInitial: Double = 0.1) throws(TorchError) {
    self.inverse = inverse
    norm = try ChannelPool(channels: channels, constant: 1, diagonal: gammaInitial, minimum: betaMinimum)
  }

  /// The stored parameters and the constants of their reparametrisation, under CompressAI's names.
  public var members: [Member] { norm.members(constant: "beta", weights: "gamma") }

  /// Returns the normalized tensor, `[N, C, H, W]` like its input.
  ///
  /// - Throws: ``TorchError`` when the input has another number of channels.
  public func forward(_ input: Tensor) throws -> Tensor {
    let input = try input.inFullPrecision()
    if Kernels.take(input) {
      let (constants, weights) = try norm.values()
      return try NormalizationKernel(squares: false, root: false, inverse: inverse).apply(input, constants: constants, weights: weights)
    }
    let norm = try norm.forward(input.absolute())
    return inverse ? try input * norm : try input / norm
  }

  /// C² multiply–accumulates for the sums; a magnitude and a quotient for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: channels * channels, others: 2 * channels) }
}
