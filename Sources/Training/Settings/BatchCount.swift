public import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A number of batches, or a share of those there are: `5`, `0.25`, `25%`, `100%`.
///
/// The number 1 is one batch; `1.0` is refused, since in other tools it means all of them. Null is all of them.
public enum BatchCount: NodeDecodable, Sendable, Equatable {
  /// So many batches.
  case count(Int)
  /// A share of all batches, more than 0 and at most 1.
  case share(Double)

  /// All batches.
  public static let all = BatchCount.share(1)

  /// Reads a number or a share.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.string("100%"))
    func refuse(_ sentence: String) -> ReportedProblem {
      context.report(node.mark, path: path, sentence)
      return ReportedProblem()
    }
    switch node.value {
    case .null: self = .all
    case .int(let count):
      guard count >= 0 else { throw refuse("must not be negative, found \(count)") }
      self = .count(count)
    case .double(let value):
      guard value != 1 else { throw refuse("1.0 could mean one batch or all of them; write 1 for one batch, or 100%") }
      if value > 1, value.isFinite, value == value.rounded(), let count = Int(exactly: value) {
        self = .count(count)
        return
      }
      guard value > 0, value < 1 else {
        throw refuse("expected a number of batches, or a share such as 0.25 or 25%, found \(node.summary)")
      }
      self = .share(value)
    case .string(let text) where text.hasSuffix("%"):
      guard let percent = Double(text.dropLast()), percent > 0, percent <= 100 else {
        throw refuse("a share must be more than 0% and at most 100%, found '\(text)'")
      }
      self = .share(percent / 100)
    default: throw refuse("expected a number of batches, or a share such as 0.25 or 25%, found \(node.summary)")
    }
  }

  /// The number, or the share in percent.
  public var node: Node {
    switch self {
    case .count(let count): Node(.int(count))
    case .share: Node(.string(text))
    }
  }

  /// The number, or the share in percent, as a text.
  var text: String {
    switch self {
    case .count(let count): "\(count)"
    case .share(let share): "\((share * 1e8).rounded() / 1e6)%".replacingSuffix(".0%", with: "%")
    }
  }

  /// Returns how many of `batches` are meant; nil where the share is less than one batch.
  public func number(of batches: Int) -> Int? {
    switch self {
    case .count(let count): return min(count, batches)
    case .share(let share):
      let number = Int((Double(batches) * share + 1e-9).rounded(.down))
      return number >= 1 || batches == 0 ? number : nil
    }
  }

  /// `a number of batches, or a share such as 25%`.
  public static var typeDescription: String { "a number of batches, or a share such as 25%" }
  /// A number, a share, or null for all.
  public static var form: SettingForm { .scalar(ScalarForm([.number, .null], texts: .pattern("^[0-9.]+%$"), minimum: 0)) }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
  }
}
