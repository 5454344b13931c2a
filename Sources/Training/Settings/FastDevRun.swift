public import Configuration

/// The setting `fast_dev_run`: false, true for one batch, or a number of batches.
public struct FastDevRun: NodeDecodable, Sendable, Equatable {
  /// How many batches of training and of validation are run, with nothing written; nil for a training as usual.
  public let batches: Int?

  /// Creates a setting; without a number the training runs as usual.
  public init(batches: Int? = nil) { self.batches = batches }

  /// Reads false, true or a number of at least 0, which stands for false.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.bool(false))
    switch node.value {
    case .bool(let isOn): batches = isOn ? 1 : nil
    case .int(let count) where count >= 0: batches = count == 0 ? nil : count
    default:
      context.report(node.mark, path: path, "expected true, false or a number of batches, found \(node.summary)")
      throw ReportedProblem()
    }
  }

  /// `false`, `true` for one batch, or the number.
  public var node: Node {
    switch batches {
    case nil: Node(.bool(false))
    case 1: Node(.bool(true))
    case let count?: Node(.int(count))
    }
  }

  /// `true, false or a number of batches`.
  public static var typeDescription: String { "true, false or a number of batches" }
  /// A flag, which may also be a number.
  public static var shape: SettingShape { .flag }
  /// A truth value or a number.
  public static var form: SettingForm { .scalar(ScalarForm([.boolean, .integer], minimum: 0)) }
}
