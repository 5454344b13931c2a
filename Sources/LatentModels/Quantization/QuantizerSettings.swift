public import Configuration

/// The settings of `quantizer.SoftRounding`.
public struct SoftRoundingSettings: ValidatedSettings {
  /// α at the first step, 0.01 to 14; the smaller, the nearer soft rounding is to doing nothing.
  public var alphaStart = 1.0
  /// α from step annealing_steps on, 0.01 to 14; the larger, the nearer soft rounding is to rounding.
  public var alphaEnd = 12.0
  /// The steps in which α goes from one to the other by even amounts; 0 takes alpha_end at once.
  public var annealingSteps = 100_000

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([
      ("alphaStart", alphaStart, SoftRounding.range), ("alphaEnd", alphaEnd, SoftRounding.range),
      ("annealingSteps", Double(annealingSteps), Ranges.steps),
    ])
  }
}

/// The settings of `quantizer.Universal`.
public struct UniversalSettings: ValidatedSettings {
  /// α of the soft rounding around the dithered quantizer, 0.01 to 14; null for none.
  public var alpha: Double?
  /// The number of offsets, evenly in −½ … ½, 1 to 255; the coder has a table for each and channel.
  public var offsets = 16
  /// The seed of the offsets, 0 to 4294967295, which each file states.
  public var seed = 1

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.problems([
      ("alpha", alpha, SoftRounding.range), ("offsets", Double(offsets), 1...255), ("seed", Double(seed), 0...Double(UInt32.max)),
    ])
  }
}

/// The settings of `quantizer.SoftToHard`.
public struct SoftToHardSettings: ValidatedSettings {
  /// The entries of the codebook of each group of channels, 2 to 4096.
  public var size = 16
  /// The adjacent channels that one entry stands for, 1 to 64; the latent's channels are a multiple, and 1 quantises numbers by themselves.
  public var dimension = 1
  /// The largest magnitude of a number in the first codebook, positive.
  public var range = 4.0
  /// σ at the first step, positive, for each squared unit of the latent; the smaller, the softer the assignments.
  public var sigmaStart = 1.0
  /// σ from step annealing_steps on, at least sigma_start.
  public var sigmaEnd = 100.0
  /// The steps in which σ grows by a constant factor each; 0 takes sigma_end at once.
  public var annealingSteps = 100_000

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let found = Ranges.codebook(size: size, dimension: dimension, range: range)
    let own = Ranges.problems([
      ("sigmaStart", sigmaStart, Ranges.weights), ("sigmaEnd", sigmaEnd, Ranges.weights),
      ("annealingSteps", Double(annealingSteps), Ranges.steps),
    ])
    guard own.isEmpty, sigmaEnd < sigmaStart else { return found + own }
    return found + [("sigmaEnd", "must be at least sigma_start, \(sigmaStart), found \(sigmaEnd)")]
  }
}

/// The settings of `quantizer.NonUniform`.
public struct NonUniformSettings: ValidatedSettings {
  /// The levels of each channel, 2 to 4096.
  public var size = 8
  /// The largest magnitude of a level at first, positive; the levels begin at even distances.
  public var range = 4.0
  /// The first steps, in which the network is trained without a quantizer.
  public var warmupSteps = 0
  /// The steps of a turn: levels and network are trained in turns, the levels first; 0 trains both at once.
  public var turnSteps = 1000

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.codebook(size: size, dimension: 1, range: range)
      + Ranges.problems([("warmupSteps", Double(warmupSteps), Ranges.steps), ("turnSteps", Double(turnSteps), Ranges.steps)])
  }
}

/// The settings of `quantizer.EntropyConstrainedVector`.
public struct EntropyConstrainedVectorSettings: ValidatedSettings {
  /// The entries of the codebook of each group of channels, 2 to 4096.
  public var size = 64
  /// The adjacent channels that one entry stands for, 1 to 64; the latent's channels are a multiple.
  public var dimension = 2
  /// The largest magnitude of a number in the first codebook, positive.
  public var range = 4.0
  /// The bits that a squared unit of the latent's error is worth when an entry is chosen, positive.
  public var lambda = 8.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    Ranges.codebook(size: size, dimension: dimension, range: range) + Ranges.problems([("lambda", lambda, Ranges.weights)])
  }
}

enum Ranges {
  static let steps = 0.0...1e12
  static let weights = 1e-6...1e6

  static func codebook(size: Int, dimension: Int, range: Double) -> [(key: String, sentence: String)] {
    problems([("size", Double(size), 2...4096), ("dimension", Double(dimension), 1...64), ("range", range, 1e-3...1e6)])
  }

  /// A sentence for each number that is out of its range; null is not looked at.
  static func problems(_ numbers: [(key: String, value: Double?, range: ClosedRange<Double>)]) -> [(key: String, sentence: String)] {
    numbers.compactMap { key, value, range in
      guard let value, !range.contains(value) else { return nil }
      return (key, "must be in \(text(range.lowerBound)) ... \(text(range.upperBound)), found \(text(value))")
    }
  }

  private static func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}
