public import Configuration

/// An amount of memory: a number of bytes, or a number with the unit `KiB`, `MiB`, `GiB`, `KB`, `MB` or `GB`.
public struct MemoryAmount: Sendable, Equatable {
  /// The bytes, at least 1.
  public let bytes: Int

  /// Creates an amount.
  public init(bytes: Int) { self.bytes = max(bytes, 1) }

  private static let units: [(name: String, bytes: Double)] = [
    ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9),
  ]

  /// Reads an amount; nil for anything else, and for less than a byte or more than 2⁵⁰ bytes.
  package init?(text: String) {
    let unit = Self.units.first { text.lowercased().hasSuffix($0.name.lowercased()) }
    let digits = text.dropLast(unit?.name.count ?? 0).drop { $0 == " " }
    let number = String(digits.reversed().drop { $0 == " " }.reversed())
    guard let factor = Double(number), number.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
    let bytes = (factor * (unit?.bytes ?? 1)).rounded()
    guard bytes >= 1, bytes <= 0x1p50 else { return nil }
    self.init(bytes: Int(bytes))
  }

  /// The amount in the largest unit of which it is a whole number.
  package var text: String {
    for unit in Self.units.prefix(3).reversed() {
      let size = Int(unit.bytes)
      if bytes.isMultiple(of: size) { return "\(bytes / size)\(unit.name)" }
    }
    return "\(bytes)"
  }
}

extension MemoryAmount: NodeDecodable {
  /// Creates an amount from a number of bytes or a text with a unit.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.null)
    guard let value = Self.read(node) else {
      context.report(node.mark, path: path, "expected \(Self.typeDescription), found \(node.summary)")
      throw ReportedProblem()
    }
    self = value
  }

  /// A number of bytes, or a text with a unit; nil for anything else.
  static func read(_ node: Node) -> MemoryAmount? {
    switch node.value {
    case .string(let string): MemoryAmount(text: string)
    case .int(let bytes): MemoryAmount(text: "\(bytes)")
    default: node.text.flatMap { MemoryAmount(text: $0) }
    }
  }

  /// The text with a unit.
  public var node: Node { Node(.string(text)) }
  /// `an amount of memory such as 4GiB`.
  public static var typeDescription: String { "an amount of memory such as 4GiB" }
  /// A number of bytes, or a number with a unit.
  public static var form: SettingForm {
    .scalar(ScalarForm([.number], texts: .pattern("^[0-9.]+ *([KkMmGg][Ii]?[Bb])?$"), minimum: 1))
  }
}
