#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A symmetric density of mean 0 and standard deviation 1.
public enum StandardDistribution: String, Sendable, CaseIterable {
  /// exp(−t²/2)/√(2π).
  case gaussian
  /// exp(−√2·|t|)/√2.
  case laplacian
  /// The logistic density with scale √3/π.
  case logistic

  /// The probability of values up to t.
  public func cumulative(_ t: Double) -> Double {
    switch self {
    case .gaussian: 0.5 * erfc(-t * 0.5.squareRoot())
    case .laplacian: t < 0 ? 0.5 * exp(t * 2.0.squareRoot()) : 1 - 0.5 * exp(-t * 2.0.squareRoot())
    case .logistic: 1 / (1 + exp(-t * .pi / 3.0.squareRoot()))
    }
  }

  /// How many standard deviations from the mean on both tails together hold a mass between 0 and 1.
  public func tailDistance(mass: Double) -> Double {
    switch self {
    case .gaussian: Double(GaussianTables.tailDistance(mass: mass))
    case .laplacian: -log(mass) / 2.0.squareRoot()
    case .logistic: log(2 / mass - 1) * 3.0.squareRoot() / .pi
    }
  }
}
