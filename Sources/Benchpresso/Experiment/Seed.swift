public import Configuration

/// The seed of everything that is random: a number of at least 0, or `random`, which picks one.
///
/// The number that was picked stands in the resolved configuration, so that every run can be repeated. `true` is the default, 42; `false`
/// picks one too, since a run without a seed could not be repeated.
public struct Seed: Sendable, Equatable {
  /// The default.
  public static let standard = 42

  /// The number.
  public let value: Int

  /// Creates a seed from a number of at least 0.
  public init(_ value: Int = standard) { self.value = max(value, 0) }
}

extension Seed: NodeDecodable {
  /// Creates a seed from a number, `random`, `true` or `false`.
  ///
  /// - Throws: ``ReportedProblem`` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.int(Self.standard))
    switch node.value {
    case .int(let value) where value >= 0: self.init(value)
    case .double(let value) where value >= 0 && value == value.rounded() && value < 0x1p53: self.init(Int(value))
    case .bool(true): self.init()
    case .bool(false), .string("random"):
      self.init(Int.random(in: 0...Int(UInt32.max)))
      context.note(node.mark, path: path, "the seed \(value) was picked and stands in the resolved configuration")
    case .null, .int, .double, .string, .list, .map:
      context.report(node.mark, path: path, "expected \(Self.typeDescription), found \(node.summary)")
      throw ReportedProblem()
    }
  }

  /// The number.
  public var node: Node { Node(.int(value)) }
  /// `an integer of at least 0, or random`.
  public static var typeDescription: String { "an integer of at least 0, or random" }
  /// A number, `random`, or a truth value.
  public static var form: SettingForm { .scalar(ScalarForm([.integer, .boolean], texts: .choices(["random"]), minimum: 0)) }
}
