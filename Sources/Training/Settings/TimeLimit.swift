public import Configuration

/// A span of time: `DD:HH:MM:SS` as in Lightning, `HH:MM:SS`, or a number with a unit such as `90m`, `12h` or `2d`.
public struct TimeLimit: NodeDecodable, Sendable, Equatable {
  /// The length in seconds.
  public let seconds: Int

  /// Creates a span.
  public init(seconds: Int) { self.seconds = seconds }

  /// Reads a span of time.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.null)
    guard let text = node.string, let seconds = Self.seconds(text) else {
      let sentence = "expected a time such as 12h, 90m, 2d or DD:HH:MM:SS (00:12:00:00), found \(node.summary)"
      context.report(node.mark, path: path, sentence)
      throw ReportedProblem()
    }
    self.seconds = seconds
  }

  static func seconds(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 3 || parts.count == 4 {
      let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
      guard numbers.count == parts.count, numbers.allSatisfy({ $0 < 1_000_000 }) else { return nil }
      return zip(numbers.reversed(), [1, 60, 3600, 86400]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard let unit = text.last, let length: Int = ["s": 1, "m": 60, "h": 3600, "d": 86400][unit],
      let number = Double(text.dropLast()), number >= 0, number < 1_000_000
    else { return nil }
    return Int((number * Double(length)).rounded())
  }

  /// `DD:HH:MM:SS`.
  public var node: Node {
    let parts = [seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60]
    return Node(.string(parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")))
  }

  /// `a time such as 12h or DD:HH:MM:SS`.
  public static var typeDescription: String { "a time such as 12h or DD:HH:MM:SS" }
  /// A number with a unit, or numbers between colons.
  public static var form: SettingForm {
    .scalar(ScalarForm(texts: .pattern("^[0-9.]+([eE][-+]?[0-9]+)?[smhd]$|^[0-9]+(:[0-9]+){2,3}$")))
  }
}
