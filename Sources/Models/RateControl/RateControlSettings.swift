public import Configuration
import Registry

/// The settings of `rate_control.QuantizationOffsets`, with CompressAI's defaults.
public struct QuantizationOffsetsSettings: ValidatedSettings {
  /// λ of each rate point, from the lowest rate on; positive and rising.
  ///
  /// The loss of an update takes that of the point that was drawn, in place of its own.
  public var lambdas = [0.0018, 0.0035, 0.0067, 0.013, 0.025, 0.0483, 0.0932, 0.18]
  /// The inverse of the width of the intervals at each point, positive and rising, as many as there are λ.
  ///
  /// They are not trained.
  public var gains = [0.1, 0.13944, 0.19293, 0.26874, 0.37268, 0.51801, 0.71957, 1]
  /// Whether elements are put back with learned offsets; without them at the middle of their interval.
  ///
  /// Needs a quantizer that rounds in training.
  public var offsets = true
  /// Whether the intervals of the second latent depend on the rate, too, as in CompressAI with `vr_entbttlnck`; both sides then compute its tables.
  public var hyperSteps = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    RatePointCheck.problems(lambdas: lambdas) + RatePointCheck.problems(key: "gains", gains, count: lambdas.count)
  }
}

/// The settings of rate controls that learn all they need.
public struct LearnedRatesSettings: ValidatedSettings {
  /// λ of each rate point, from the lowest rate on; positive and rising.
  ///
  /// The loss of an update takes that of the point that was drawn, in place of its own.
  public var lambdas = [0.0018, 0.0035, 0.0067, 0.013, 0.025, 0.0483, 0.0932, 0.18]

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] { RatePointCheck.problems(lambdas: lambdas) }
}

/// The settings of `rate_control.ModulatedAutoencoder`.
public struct ModulatedAutoencoderSettings: ValidatedSettings {
  /// λ of each rate point, from the lowest rate on; positive and rising.
  ///
  /// The loss of an update takes that of the point that was drawn, in place of its own.
  public var lambdas = [0.0018, 0.0035, 0.0067, 0.013, 0.025, 0.0483, 0.0932, 0.18]
  /// The units between input and output of each modulating network, 1 to 4096.
  public var width = 50

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    RatePointCheck.problems(lambdas: lambdas) + ChannelCheck.problems([("width", width)])
  }
}

/// The settings of `rate_control.SpatialFeatureTransform`.
public struct SpatialFeatureTransformSettings: ValidatedSettings {
  /// λ of a place of the lowest quality, positive.
  public var lambdaMin = 0.001
  /// λ of a place of the highest quality, more than the lowest.
  ///
  /// The loss weights the error of each place by its λ, in place of its own.
  public var lambdaMax = 0.08
  /// How many rate points there are between both, with these, evenly in the quality, 2 to 256.
  public var points = 8
  /// The channels of the features that scales and shifts are made of, 1 to 4096.
  public var conditionChannels = 32

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = ChannelCheck.problems([("conditionChannels", conditionChannels)])
    if !(lambdaMin > 0 && lambdaMin.isFinite) { found.append(("lambdaMin", "must be positive, found \(lambdaMin)")) }
    if !(lambdaMax > lambdaMin && lambdaMax.isFinite) {
      found.append(("lambdaMax", "must be more than lambda_min, found \(lambdaMax)"))
    }
    if !(2...256 ~= points) { found.append(("points", "must be in 2 ... 256, found \(points)")) }
    return found
  }
}

/// Checks the numbers that settings have for each rate point.
enum RatePointCheck {
  /// What is wrong with values of λ.
  static func problems(lambdas: [Double]) -> [(key: String, sentence: String)] {
    guard 1...256 ~= lambdas.count else { return [("lambdas", "must have 1 to 256 elements, found \(lambdas.count)")] }
    return rising(lambdas) ? [] : [("lambdas", "must be positive and rise, found \(lambdas)")]
  }

  /// What is wrong with a number for each point.
  static func problems(key: String, _ numbers: [Double], count: Int) -> [(key: String, sentence: String)] {
    guard numbers.count == count else { return [(key, "must have an element for each of the \(count) lambdas, found \(numbers.count)")] }
    return rising(numbers) ? [] : [(key, "must be positive and rise, found \(numbers)")]
  }

  private static func rising(_ numbers: [Double]) -> Bool {
    numbers.allSatisfy { $0 > 0 && $0.isFinite } && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }
}
