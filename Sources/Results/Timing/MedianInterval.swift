#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An interval for the median of what samples were drawn from, between two order statistics, whatever the distribution is.
///
/// The number of samples below the median is binomial with ½, so the interval from the j-th smallest to the j-th largest of n samples holds the
/// median with the probability 1 − 2·P(B(n, ½) < j) (H. A. David and H. N. Nagaraja: Order Statistics, 2003, section 7.1).
public struct MedianInterval: Codable, Sendable, Equatable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The probability that it holds the median, at least what was asked for.
  public let coverage: Double

  /// Returns the narrowest such interval that holds the median with a probability of at least `level`; nil for too few samples: 95 % need six.
  public init?(_ samples: [Double], level: Double = 0.95) {
    let count = samples.count
    guard count > 1, let (index, coverage) = Self.index(count: count, level: level) else { return nil }
    let sorted = samples.sorted()
    (lower, upper, self.coverage) = (sorted[index], sorted[count - 1 - index], coverage)
  }

  /// The width as a share of `median`.
  public func relativeWidth(of median: Double) -> Double { (upper - lower) / median }

  /// The place of the lower end among the sorted samples, from 0, and the probability.
  static func index(count: Int, level: Double) -> (index: Int, coverage: Double)? {
    let logarithm = -Double(count) * log(2.0)
    var below = 0.0
    var found: (Int, Double)?
    for index in 0..<(count + 1) / 2 {
      below += exp(lgamma(Double(count) + 1) - lgamma(Double(index) + 1) - lgamma(Double(count - index) + 1) + logarithm)
      let coverage = 1 - 2 * below
      guard coverage >= level else { break }
      found = (index, coverage)
    }
    return found
  }
}
