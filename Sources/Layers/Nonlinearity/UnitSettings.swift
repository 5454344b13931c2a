public import Configuration

/// The settings of `nonlinearity.LeakyReLU`.
public struct LeakyReLUSettings: ValidatedSettings {
  /// The slope below zero.
  public var negativeSlope = 0.01

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    negativeSlope.isFinite ? [] : [("negativeSlope", "must be finite, found \(negativeSlope)")]
  }
}

/// The settings of `nonlinearity.GELU`.
public struct GELUSettings: Settings {
  /// How the normal distribution function is computed.
  public enum Approximation: String, Codable, Sendable, CaseIterable {
    /// By the error function.
    case none
    /// By a hyperbolic tangent.
    case tanh
  }

  /// How the normal distribution function is computed.
  public var approximate = Approximation.none

  /// Creates the defaults.
  public init() {}
}
