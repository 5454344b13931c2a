public import Configuration

/// The setting `precision`: numbers of 32 bits, written `32-true` or `32`.
public struct Precision: NodeDecodable, Sendable, Equatable {
  /// Creates the only value.
  public init() {}

  /// Reads `32-true` or `32`.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    guard let given, given.value != .int(32), given.string != "32", given.string != "32-true" else { return }
    let isWordOfMatrixProducts = given.string.flatMap { MatmulPrecision(rawValue: $0) } != nil
    let hint = isWordOfMatrixProducts ? " (for the precision of matrix products use trainer.matmul_precision)" : ""
    context.report(given.mark, path: path, "expected 32-true, found \(given.string.map { "'\($0)'" } ?? given.summary)\(hint)")
    throw ReportedProblem()
  }

  /// `32-true`.
  public var node: Node { "32-true" }

  /// `32-true`.
  public static var typeDescription: String { "32-true" }
}
