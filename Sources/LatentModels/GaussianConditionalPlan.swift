public import Configuration
import EntropyCoding

/// A conditional entropy model as a configuration describes it, ready to be built.
public struct GaussianConditionalPlan: Sendable {
  private let settings: GaussianConditionalSettings

  /// Creates a plan.
  public init(settings: GaussianConditionalSettings = GaussianConditionalSettings()) { self.settings = settings }

  /// Builds the entropy model, without tables.
  public func build() throws -> GaussianConditional {
    try GaussianConditional(
      scales: GaussianTables.logarithmicScales(from: settings.scalesMin, through: settings.scalesMax, count: settings.scalesLevels),
      scaleBound: settings.scaleBound, tailMass: settings.tailMass)
  }
}

/// The settings of `prior.GaussianConditional`, with CompressAI's defaults.
public struct GaussianConditionalSettings: ValidatedSettings {
  /// The least scale (standard deviation) that the coder has a table for, positive.
  public var scalesMin = 0.11
  /// The largest scale that the coder has a table for, more than the least; elements of larger ones take its table.
  public var scalesMax = 256.0
  /// How many tables there are, spaced evenly in the logarithm of the scale, 2 to 1024.
  public var scalesLevels = 64
  /// The least scale of a density, positive; predictions below it count as the bound.
  public var scaleBound = 0.11
  /// The probability of both tails of a table together, between 1e-12 and 1, whose values are coded by longer words.
  public var tailMass = 1e-9

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    for (key, value) in [("scalesMin", scalesMin), ("scaleBound", scaleBound)] where !(value >= 1e-3 && value <= 1e4) {
      found.append((key, "must be in 0.001 ... 10000, found \(value)"))
    }
    if !(2...1024 ~= scalesLevels) { found.append(("scalesLevels", "must be in 2 ... 1024, found \(scalesLevels)")) }
    guard tailMass >= 1e-12, tailMass < 1 else {
      return found + [("tailMass", "must be at least 1e-12 and less than 1, found \(tailMass)")]
    }
    // A row has at most 65535 symbols.
    let limit = min(
      Int(1e6), Int(Double(GaussianTables.largestCenter - 1) / max(Double(GaussianTables.tailDistance(mass: tailMass)), 1e-9)))
    if !(scalesMax > scalesMin * 1.001 && scalesMax <= Double(limit)) {
      found.append(("scalesMax", "must be more than scales_min and, with this tail_mass, at most \(limit), found \(scalesMax)"))
    }
    return found
  }
}
