public import Configuration

/// The setting `memory_limit`: what a training may take.
public enum MemoryLimit: NodeDecodable, Sendable, Equatable {
  /// What the machine or the GPU has.
  case auto
  /// No limit.
  case off
  /// So much.
  case amount(MemoryAmount)

  /// Reads a word or an amount.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? "auto"
    switch node.string {
    case "auto": self = .auto
    case "off": self = .off
    default:
      guard let amount = MemoryAmount.read(node) else {
        context.report(node.mark, path: path, "expected \(Self.typeDescription), found \(node.summary)")
        throw ReportedProblem()
      }
      self = .amount(amount)
    }
  }

  /// The word or the amount.
  public var node: Node {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .amount(let amount): amount.node
    }
  }

  /// `auto, off or an amount of memory such as 4GiB`.
  public static var typeDescription: String { "auto, off or an amount of memory such as 4GiB" }
  /// A word, a number of bytes, or a number with a unit.
  public static var form: SettingForm {
    .scalar(ScalarForm([.number], texts: .pattern("^(auto|off|[0-9.]+ *([KkMmGg][Ii]?[Bb])?)$"), minimum: 1))
  }
}
