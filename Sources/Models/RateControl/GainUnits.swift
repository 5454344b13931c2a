public import Torch

/// Gain units: channels of both latents are scaled before they are quantised and scaled back after, by vectors learned for each rate.
///
///     y' = y ⊙ m_s, ŷ = ŷ' ⊙ m'_s, and the same for z
///     between two points m = m_s^(1 − t) ⊙ m_(s+1)^t
///
/// Cui, Wang, Gao, Bai, Guo, Feng, "Asymmetric gained deep image compression with continuous rate adaptation", 2022. The hyper analysis sees the scaled y', so that the hyperprior describes what is coded.
///
/// Where no second latent describes y', the density of y, which all rates share, has to: elements of y are quantised around their medians in intervals
/// of the width 1/m, which is round(y ⊙ m) with the density of y, and what is put back is multiplied by m ⊙ m'.
///
/// What the paper leaves open: vectors are learned as logarithms, which keeps them positive and makes the exponential interpolation a line; they start
/// with √(λ_s/λ_last), the ratio of the best interval widths at high rates, and the inverse of that, and those of z with 1. The product m ⊙ m' is
/// not held to one number at all rates, as the paper wants it for the places between; a training finds it.
public final class GainUnits: RateControl {
  /// The rates.
  public let axis: RateAxis
  private let gain: RateTable
  private let inverse: RateTable
  private let hyper: (gain: RateTable, inverse: RateTable)?

  /// Creates the units.
  ///
  /// - Parameter hyperChannels: The channels of z; nil where there is no second latent.
  public init(axis: RateAxis, latentChannels: Int, hyperChannels: Int?) throws {
    self.axis = axis
    let start = axis.startingGains
    gain = try RateTable(start, channels: latentChannels)
    inverse = try RateTable(start.map { 1 / $0 }, channels: latentChannels)
    hyper = try hyperChannels.map { channels in
      func ones() throws -> RateTable { try RateTable(start.map { _ in 1 }, channels: channels) }
      return (try ones(), try ones())
    }
  }

  /// The logarithms of all vectors.
  public var members: [Member] {
    let own: [Member] = [.parameter("gain_unit.gain", gain.parameter), .parameter("gain_unit.inverse_gain", inverse.parameter)]
    guard let hyper else { return own }
    return own + [
      .parameter("gain_unit.hyper_gain", hyper.gain.parameter), .parameter("gain_unit.hyper_inverse_gain", hyper.inverse.parameter),
    ]
  }

  /// Returns the networks with the units behind and before them; without a second latent the width of the intervals has the first unit.
  public func adaptation(at point: RatePosition) throws -> RateAdaptation {
    let interval = try axis.interval(at: point)
    let (gain, inverse) = (try gain.numbers(at: interval), try inverse.numbers(at: interval))
    var adaptation = RateAdaptation()
    guard let hyper else {
      let product = try gain * inverse
      adaptation.gain = gain
      adaptation.synthesis = { try GainedLayer($0, before: product) }
      return adaptation
    }
    let (hyperGain, hyperInverse) = (try hyper.gain.numbers(at: interval), try hyper.inverse.numbers(at: interval))
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
