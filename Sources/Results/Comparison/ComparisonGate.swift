/// A condition on a comparison, `bd_rate<=1.0`, for scripts that must stop at a regression.
public struct ComparisonGate: Sendable, Equatable {
  /// The numbers a gate can name.
  public static let keys = ["bd_rate", "bd_quality", "overlap", "ci95_low", "ci95_high", "bd_rate_mean", "images_better"]
  private static let operators = ["<=", ">=", "<", ">"]

  /// One of ``keys``.
  public let key: String
  /// `<=`, `>=`, `<` or `>`.
  public let comparison: String
  /// The bound.
  public let bound: Double

  /// Parses a condition; nil where it is none.
  public init?(_ text: String) {
    let text = String(text.filter { $0 != " " })
    guard let sign = Self.operators.first(where: { text.contains($0) }), let range = text.firstRange(of: sign),
      let bound = Double(String(text[range.upperBound...])), bound.isFinite
    else { return nil }
    key = String(text[..<range.lowerBound])
    comparison = sign
    self.bound = bound
    guard Self.keys.contains(key) else { return nil }
  }

  /// Returns why a comparison does not meet the condition; nil where it does.
  public func failure(_ row: CurveComparison) -> String? {
    guard let value = value(row) else { return "gate '\(self)': '\(row.name)' has no \(key), so the gate is not met" }
    let met =
      switch comparison {
      case "<=": value <= bound
      case ">=": value >= bound
      case "<": value < bound
      default: value > bound
      }
    return met ? nil : "gate '\(self)' is not met: \(key) of '\(row.name)' is \(value)"
  }

  private func value(_ row: CurveComparison) -> Double? {
    switch key {
    case "bd_rate": row.rate
    case "bd_quality": row.quality
    case "overlap": row.overlap
    case "ci95_low": row.interval?.lowerBound
    case "ci95_high": row.interval?.upperBound
    case "bd_rate_mean": row.meanRate
    default: row.imagesBetter.map(Double.init)
    }
  }
}

extension ComparisonGate: CustomStringConvertible {
  /// The condition as it is written.
  public var description: String { "\(key)\(comparison)\(bound)" }
}
