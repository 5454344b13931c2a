public import Configuration
import EntropyCoding

/// The settings of `prior.Laplacian` and `prior.Logistic`.
public struct LocationScaleSettings: ValidatedSettings {
  /// The least standard deviation that the coder has a table for, positive.
  public var scalesMin = 0.11
  /// The largest standard deviation that the coder has a table for, more than the least; elements of larger ones take its table.
  public var scalesMax = 256.0
  /// How many tables there are, spaced evenly in the logarithm of the standard deviation, 2 to 1024.
  public var scalesLevels = 64
  /// The least standard deviation of a density, positive; predictions below it count as the bound.
  public var scaleBound = 0.11
  /// The probability of both tails of a table together, between 1e-12 and 1, whose values are coded by longer words; more than for Gaussians, since
  /// each value of a table takes at least 1/65536.
  public var tailMass = 1e-5

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found = Ranges.problems([
      ("scalesMin", scalesMin, 1e-3...1e4), ("scaleBound", scaleBound, 1e-3...1e4), ("scalesLevels", Double(scalesLevels), 2...1024),
      ("tailMass", tailMass, 1e-12...0.999999),
    ])
    guard found.isEmpty else { return found }
    // A row has at most 65535 symbols.
    let distance = max(
      StandardDistribution.laplacian.tailDistance(mass: tailMass), StandardDistribution.logistic.tailDistance(mass: tailMass))
    let limit = (Double(GaussianTables.largestCenter - 1) / distance).rounded(.down)
    if !(scalesMax > scalesMin * 1.001 && scalesMax <= limit) {
      return [("scalesMax", "must be more than scales_min and, with this tail_mass, at most \(limit), found \(scalesMax)")]
    }
    return []
  }
}

/// The settings of mixtures.
public struct MixtureSettings: ValidatedSettings {
  /// The number of components, 2 to 8.
  public var components = 3
  /// The least standard deviation of a component, positive; predictions below it count as the bound.
  public var scaleBound = 0.11

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([("components", Double(components), 2...8), ("scaleBound", scaleBound, 1e-3...1e4)])
  }
}

/// The settings of `prior.GaussianLaplacianLogisticMixture`.
public struct ThreeFamilySettings: ValidatedSettings {
  /// The components of each of the three families, 1 to 5.
  public var componentsOfEach = 3
  /// The least standard deviation of a component, positive; predictions below it count as the bound.
  public var scaleBound = 0.11

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([("componentsOfEach", Double(componentsOfEach), 1...5), ("scaleBound", scaleBound, 1e-3...1e4)])
  }
}
