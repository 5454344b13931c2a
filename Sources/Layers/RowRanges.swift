extension Int {
  /// The quotient, rounded towards −∞; the divisor is positive.
  func dividedRoundingDown(by divisor: Int) -> Int { self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor) }

  /// The quotient, rounded towards +∞; the divisor is positive.
  func dividedRoundingUp(by divisor: Int) -> Int { -(-self).dividedRoundingDown(by: divisor) }
}

extension Range<Int> {
  /// The least range that holds both.
  func covering(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
