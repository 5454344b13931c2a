#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension StudentT {
  /// The quantile of `probability`, above ½ and below 1, for any positive number of degrees of freedom, correct to about ten digits.
  ///
  /// The distribution function is inverted by bisection; it is one half of the regularised incomplete beta function
  /// (Abramowitz and Stegun, 26.7.1), which a continued fraction gives (26.5.8).
  public static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom > 0, probability > 0.5, probability < 1 else { return .infinity }
    var (low, high) = (0.0, 1.0)
    while distribution(high, degreesOfFreedom) < probability, high < 1e12 { high *= 2 }
    for _ in 0..<120 {
      let middle = (low + high) / 2
      if distribution(middle, degreesOfFreedom) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The probability of a value up to `t`, 0 or more.
  static func distribution(_ t: Double, _ degrees: Double) -> Double {
    1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
  }

  /// The regularised incomplete beta function.
  private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
  }

  /// Its continued fraction, from the front (Lentz, 1976).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...500 {
      let m = Double(step)
      for term in [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))] {
        d = 1 / kept(1 + term * d)
        c = kept(1 + term / c)
        result *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return result
  }
}
