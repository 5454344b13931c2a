public import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The names of kept checkpoints, in Lightning's form: `{epoch}-{step}`, `{step:06d}-{val_loss:.3f}`.
///
/// A number in braces is written with its name before it, `epoch=3-step=1200`; with `autoInsert` off it stands alone.
public struct CheckpointName: NodeDecodable, Sendable, Equatable {
  /// The template.
  public let template: String

  /// Creates a name from a template that is known to be right.
  public init(_ template: String) { self.template = template }

  /// Reads a template.
  ///
  /// - Throws: `ReportedProblem` after a mistake in it was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.string("{epoch}-{step}"))
    guard let text = node.string else {
      context.report(node.mark, path: path, "expected a name such as '{epoch}-{step}', found \(node.summary)")
      throw ReportedProblem()
    }
    if let mistake = Self.mistake(in: text) {
      context.report(node.mark, path: path, mistake)
      throw ReportedProblem()
    }
    template = text
  }

  private static let names = ["epoch", "step"] + MetricName.ofUpdates + MetricName.ofValidations

  private static func mistake(in text: String) -> String? {
    if text.isEmpty || text.contains("/") { return "becomes the name of a file, so it needs letters and no '/', found '\(text)'" }
    guard let parts = parts(of: text) else { return "has a brace without its partner, found '\(text)'" }
    for case .field(let field) in parts {
      guard let name = MetricName.known(field.name, among: names) else {
        let rest = NearMatch.question(for: field.name, among: names, then: "it measures \(names.joined(separator: ", "))")
        return "names '\(field.name)', which no training measures\(rest)"
      }
      if field.format(isWhole: ["epoch", "step"].contains(name)) == nil {
        return "has the format '\(field.specification)', which is none for '\(name)'; write for example {step:06d} or {val_loss:.3f}"
      }
    }
    return nil
  }

  /// Returns the name of a checkpoint, without suffix.
  public func text(epoch: Int, step: Int, metrics: [String: Double], autoInsert: Bool = true) -> String {
    let whole = ["epoch": epoch, "step": step]
    return (Self.parts(of: template) ?? [.text(template)]).map { part in
      switch part {
      case .text(let text): return text
      case .field(let field):
        let name = MetricName.known(field.name, among: Self.names) ?? field.name
        let value: String
        if let number = whole[name] {
          value = Self.padded("\(number)", field.format(isWhole: true) ?? (0, nil))
        } else {
          let format = field.format(isWhole: false) ?? (0, nil)
          let number = metrics[name] ?? .nan
          value = Self.padded(format.decimals.map { Self.fixed(number, decimals: $0) } ?? "\(number)", format)
        }
        return autoInsert ? "\(name)=\(value)" : value
      }
    }.joined()
  }

  private static func padded(_ text: String, _ format: (width: Int, decimals: Int?)) -> String {
    String(repeating: "0", count: max(format.width - text.count, 0)) + text
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    var bytes = [CChar](repeating: 0, count: 400)
    let length = withVaList([Int32(decimals), value]) { vsnprintf(&bytes, bytes.count, "%.*f", $0) }
    return String(decoding: bytes.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private enum Part {
    case text(String)
    case field(Field)
  }

  private struct Field {
    let name: String
    let specification: String

    /// The least number of characters and the decimals; nil for a format that is none.
    func format(isWhole: Bool) -> (width: Int, decimals: Int?)? {
      if specification.isEmpty { return (0, nil) }
      if isWhole {
        guard specification.hasSuffix("d"), let width = Int("0" + specification.dropLast()), width <= 20 else { return nil }
        return (width, nil)
      }
      guard specification.hasSuffix("f") else { return nil }
      let parts = specification.dropLast().split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let width = Int("0" + parts[0]), let decimals = Int(parts[1]), width <= 20, 0...12 ~= decimals else {
        return nil
      }
      return (width, decimals)
    }
  }

  private static func parts(of text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { return nil }
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      let inner = rest[rest.index(after: open)..<close]
      guard !inner.contains("{"), !inner.isEmpty else { return nil }
      let colon = inner.firstIndex(of: ":")
      let name = inner[..<(colon ?? inner.endIndex)]
      let specification = colon.map { inner[inner.index(after: $0)...] } ?? ""
      parts.append(.field(Field(name: String(name), specification: String(specification))))
      rest = rest[rest.index(after: close)...]
    }
    guard !rest.contains("}") else { return nil }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }

  /// The template.
  public var node: Node { Node(.string(template)) }
  /// `a name such as {epoch}-{step}`.
  public static var typeDescription: String { "a name such as {epoch}-{step}" }
  /// A text without a slash.
  public static var form: SettingForm { .scalar(ScalarForm(texts: .pattern("^[^/]+$"))) }
}
