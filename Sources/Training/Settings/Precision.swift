public import Configuration

/// The setting `precision`, with Lightning's words.
public enum Precision: NodeDecodable, Sendable, Equatable {
  /// Numbers of 32 bits: `32-true` or `32`.
  case full
  /// Convolutions in bfloat16, everything else, the entropy models and the weights above all, in 32 bits: `bf16-mixed`.
  case mixed

  /// Reads `32-true`, `32` or `bf16-mixed`.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    guard let node = given ?? fallback else {
      self = .full
      return
    }
    switch (node.value, node.string) {
    case (.int(32), _), (_, "32"), (_, "32-true"): self = .full
    case (_, "bf16-mixed"), (_, "bf16"): self = .mixed
    default:
      let isWordOfMatrixProducts = node.string.flatMap { MatmulPrecision(rawValue: $0) } != nil
      let hint = isWordOfMatrixProducts ? " (for the precision of matrix products use trainer.matmul_precision)" : ""
      let found = node.string.map { "'\($0)'" } ?? node.summary
      context.report(node.mark, path: path, "expected 32-true or bf16-mixed, found \(found)\(hint)")
      throw ReportedProblem()
    }
  }

  /// `32-true` or `bf16-mixed`.
  public var node: Node { self == .full ? "32-true" : "bf16-mixed" }

  /// `32-true or bf16-mixed`.
  public static var typeDescription: String { "32-true or bf16-mixed" }
  /// The words, or the number 32.
  public static var form: SettingForm {
    .scalar(ScalarForm([.integer], texts: .choices(["32-true", "bf16-mixed", "32", "bf16"]), minimum: 32))
  }
}
