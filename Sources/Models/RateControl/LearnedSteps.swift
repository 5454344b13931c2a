public import Torch

/// Learned interval widths of the latent for each rate, for all channels alike or for each its own.
///
///     q = round((y − μ) ⊙ g_s), coded with the density of the scale σ ⊙ g_s, ŷ = μ + q ⊘ g_s
///     between two points g = g_s^(1 − t) ⊙ g_(s+1)^t
///
/// One number for all channels: the quantization regulator of Tong, Wu, Li, Zhang, Zhang, Jin, "QVRF: a quantization-error-aware variable rate framework for
/// learned image compression", ICIP 2023. The hyperprior sees y unscaled, and its densities are scaled with what is coded, so that the quantisation
/// error alone changes.
///
/// One for each channel: the scale parameters of Theis, Shi, Cunningham, Huszár, "Lossy image compression with compressive autoencoders", ICLR 2017,
/// section 2.3, there for a density of its own in place of a hyperprior's.
///
/// What the papers leave open: the numbers are learned as logarithms and start with √(λ_s/λ_last); all weights are trained together from the start,
/// where Tong et al. first train the highest rate alone and Theis et al. the numbers alone at last. `init_weights` goes on from a training.
public final class LearnedSteps: RateControl {
  /// The rates.
  public let axis: RateAxis
  private let name: String
  private let gains: RateTable

  /// Creates a control.
  ///
  /// - Parameters:
  ///   - name: that of the numbers in the state.
  ///   - channels: how many numbers there are for each rate: 1, or the channels of the latent.
  public init(axis: RateAxis, name: String, channels: Int) throws {
    self.axis = axis
    self.name = name
    gains = try RateTable(axis.startingGains, channels: channels)
  }

  /// The logarithms of the numbers.
  public var members: [Member] { [.parameter(name, gains.parameter)] }

  /// Returns the step at a rate.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    var adaptation = RateAdaptation()
    adaptation.gain = try gains.numbers(at: axis.interval(at: point))
    return adaptation
  }
}
