public import Configuration

/// The settings of `nonlinearity.GDN`.
public struct GDNSettings: ValidatedSettings {
  /// The number of channels, at least 1; null takes what the place in the network needs.
  public var channels: Int?
  /// Whether it is the approximate inverse, which multiplies instead of dividing; null takes what the place in the network needs.
  public var inverse: Bool?
  /// The least value of β, the constant of the norm; not negative.
  public var betaMin = 1e-6
  /// The initial value of the diagonal of γ, the weights of the channels in the norm; not negative.
  public var gammaInit = 0.1
  /// α, the exponent of the channels' magnitudes, at least 1; 2 is the fastest.
  public var alpha = 2.0
  /// ε, the exponent of the norm, positive; ½ and 1 are the fastest.
  public var epsilon = 0.5
  /// Whether α and ε are trained, one of each for all channels, starting with the ones above; slower than fixed ones.
  public var learnedExponents = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = NormalizationCheck.problems(channels: channels, notNegative: [("betaMin", betaMin), ("gammaInit", gammaInit)])
    if !(alpha >= 1 && alpha.isFinite) { found.append(("alpha", "must be at least 1, found \(alpha)")) }
    if !(epsilon > 0 && epsilon.isFinite) { found.append(("epsilon", "must be positive, found \(epsilon)")) }
    return found
  }
}

/// The settings of `nonlinearity.OneDN`.
public struct OneDNSettings: ValidatedSettings {
  /// The number of channels, at least 1; null takes what the place in the network needs.
  public var channels: Int?
  /// Whether it is the approximate inverse, which multiplies instead of dividing; null takes what the place in the network needs.
  public var inverse: Bool?
  /// The least value of β, the constant of the norm; not negative.
  public var betaMin = 1e-6
  /// The initial value of the diagonal of γ, the weights of the channels' magnitudes; not negative.
  public var gammaInit = 0.1

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    NormalizationCheck.problems(channels: channels, notNegative: [("betaMin", betaMin), ("gammaInit", gammaInit)])
  }
}

/// The settings of `nonlinearity.GSDN`.
public struct GSDNSettings: ValidatedSettings {
  /// The number of channels, at least 1; null takes what the place in the network needs.
  public var channels: Int?
  /// Whether it is the approximate inverse, which multiplies and adds; null takes what the place in the network needs.
  public var inverse: Bool?
  /// The least value of β, the constant under the root; not negative.
  public var betaMin = 1e-6
  /// The initial value of the diagonal of γ, the weights of the squared channels; not negative.
  public var gammaInit = 0.1
  /// The initial value of the diagonal of τ, the weights of the channels in the mean; negative only with `signed`.
  public var tauInit = 0.1
  /// Whether ν and τ, the parameters of the mean, may become negative.
  public var signed = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = NormalizationCheck.problems(channels: channels, notNegative: [("betaMin", betaMin), ("gammaInit", gammaInit)])
    if !tauInit.isFinite || (tauInit < 0 && !signed) {
      found.append(("tauInit", "must not be negative unless signed is true, found \(tauInit)"))
    }
    return found
  }
}

/// The ranges that the normalizations share.
private enum NormalizationCheck {
  static func problems(channels: Int?, notNegative numbers: [(key: String, value: Double)]) -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if let channels, channels < 1 { found.append(("channels", "must be positive, found \(channels)")) }
    for (key, value) in numbers where !(value >= 0 && value.isFinite) {
      found.append((key, "must not be negative, found \(value)"))
    }
    return found
  }
}
