public import Torch

/// Gain units: channels of both latents are scaled before they are quantised and scaled back after, by vectors learned for each rate.
///
///     y' = y ⊙ m_s, ŷ = ŷ' ⊙ m'_s, and the same for z
///     between two points m = m_s^(1 − t) ⊙ m_(s+1)^t
///
/// Cui, Wang, Gao, Bai, Guo, Feng, "Asymmetric gained deep image compression with continuous rate adaptation", 2022. The hyper analysis sees the scaled y', so that the hyperprior describes what is coded.
///
/// What the paper leaves open: vectors are learned as logarithms, which keeps them positive and makes the exponential interpolation a line; they start
/// with √(λ_s/λ_last), the ratio of the best interval widths at high rates, and the inverse of that, and those of z with 1. The product m ⊙ m' is
/// not held to one number at all rates, as the paper wants it for the places between; a training finds it.
public final class GainUnits: RateControl {
  /// The rates.
  public let axis: RateAxis
  private let gain: RateTable
  private let inverse: RateTable
  private let hyperGain: RateTable
  private let hyperInverse: RateTable

  /// Creates the units.
  public init(axis: RateAxis, latentChannels: Int, hyperChannels: Int) throws {
    self.axis = axis
    let start = axis.startingGains
    gain = try RateTable(start, channels: latentChannels)
    inverse = try RateTable(start.map { 1 / $0 }, channels: latentChannels)
    hyperGain = try RateTable(start.map { _ in 1 }, channels: hyperChannels)
    hyperInverse = try RateTable(start.map { _ in 1 }, channels: hyperChannels)
  }

  /// The logarithms of all vectors.
  public var members: [Member] {
    [
      .parameter("gain_unit.gain", gain.parameter), .parameter("gain_unit.inverse_gain", inverse.parameter),
      .parameter("gain_unit.hyper_gain", hyperGain.parameter), .parameter("gain_unit.hyper_inverse_gain", hyperInverse.parameter),
    ]
  }

  /// Returns the networks with the units behind and before them.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    let interval = try axis.interval(at: point)
    let (gain, inverse) = (try gain.numbers(at: interval), try inverse.numbers(at: interval))
    let (hyperGain, hyperInverse) = (try hyperGain.numbers(at: interval), try hyperInverse.numbers(at: interval))
    var adaptation = RateAdaptation()
    adaptation.analysis = { try GainedLayer($0, after: gain) }
    adaptation.synthesis = { try GainedLayer($0, before: inverse) }
    adaptation.hyperAnalysis = { try GainedLayer($0, after: hyperGain) }
    adaptation.hyperSynthesis = { try GainedLayer($0, before: hyperInverse) }
    return adaptation
  }
}

extension RateAxis {
  /// √(λ/λ_last) of each point: the ratio of the best interval widths at high rates, where D is width²/12 and λ·D + R is least for λ·width² the same.
  var startingGains: [Double] { lambdas.map { ($0 / (lambdas.last ?? $0)).squareRoot() } }
}
