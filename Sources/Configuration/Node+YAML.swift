/// Comments for one value of a written configuration.
public struct YAMLComment: Sendable, Equatable {
  /// Lines before the key.
  public var above: [String]
  /// A comment at the end of the value's line.
  public var beside: String?

  /// Creates comments; none by default.
  public init(above: [String] = [], beside: String? = nil) {
    self.above = above
    self.beside = beside
  }
}

extension Node {
  /// Returns the tree as YAML text that ``ConfigurationFile`` reads back as an equal tree.
  ///
  /// - Parameters:
  ///   - header: Lines of a comment at the top, without `#`.
  ///   - comment: The comments for the value at a dotted path.
  public func yaml(header: [String] = [], comment: (String, Node) -> YAMLComment = { _, _ in YAMLComment() }) -> String {
    var text = header.map { $0.isEmpty ? "#\n" : "# \(OneLine.of($0))\n" }.joined()
    if let scalar = flow {
      text += scalar + Self.beside(comment("", self).beside) + "\n"
    } else {
      write(indent: 0, path: "", comment: comment, to: &text)
    }
    return text
  }

  /// The value on one line, also where YAML text would have several.
  public var onOneLine: String {
    switch value {
    case .map(let fields): "{" + fields.map { "\(Self.spelling($0.key)): \($0.value.onOneLine)" }.joined(separator: ", ") + "}"
    case .list(let elements): "[" + elements.map(\.onOneLine).joined(separator: ", ") + "]"
    case .null, .bool, .int, .double, .string: flow ?? ""
    }
  }

  /// The value on one line: scalars, empty collections and lists of numbers; nil for anything longer.
  private var flow: String? {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .int(let int): "\(int)"
    case .double(let double): Self.spelling(double)
    case .string(let string): Self.spelling(string)
    case .map(let fields): fields.isEmpty ? "{}" : nil
    case .list(let elements):
      elements.allSatisfy(\.isNumber) ? "[" + elements.compactMap(\.flow).joined(separator: ", ") + "]" : nil
    }
  }

  private var isNumber: Bool {
    switch value {
    case .int, .double: true
    default: false
    }
  }

  private func write(indent: Int, path: String, comment: (String, Node) -> YAMLComment, to text: inout String) {
    let space = String(repeating: " ", count: indent)
    for field in fields ?? [] {
      let path = KeySpelling.path(path, field.key)
      let comments = comment(path, field.value)
      for line in comments.above { text += "\(space)# \(OneLine.of(line))\n" }
      text += "\(space)\(Self.spelling(field.key)):"
      field.value.writeValue(indent: indent + 2, path: path, beside: comments.beside, comment: comment, to: &text)
    }
    for (index, element) in (elements ?? []).enumerated() {
      let path = "\(path)[\(index)]"
      if element.flow == nil, element.fields != nil {
        var nested = ""
        element.write(indent: indent + 2, path: path, comment: comment, to: &nested)
        // The dash takes the place of the indentation of the first key, which comments may precede.
        let lines = nested.split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines.firstIndex { !$0.drop { $0 == " " }.hasPrefix("#") } ?? 0
        for (number, line) in lines.dropLast().enumerated() {
          text += (number == first ? "\(space)- \(line.dropFirst(indent + 2))" : line) + "\n"
        }
      } else {
        text += "\(space)-"
        element.writeValue(indent: indent + 2, path: path, beside: comment(path, element).beside, comment: comment, to: &text)
      }
    }
  }

  private func writeValue(
    indent: Int, path: String, beside: String?, comment: (String, Node) -> YAMLComment, to text: inout String
  ) {
    if let flow {
      text += " \(flow)" + Self.beside(beside) + "\n"
    } else {
      text += Self.beside(beside) + "\n"
      write(indent: indent, path: path, comment: comment, to: &text)
    }
  }

  private static func beside(_ comment: String?) -> String { comment.map { "  # \(OneLine.of($0))" } ?? "" }

  static func spelling(_ double: Double) -> String {
    if double.isNaN { return ".nan" }
    if double.isInfinite { return double < 0 ? "-.inf" : ".inf" }
    return "\(double)"
  }

  /// A text that would read back as something else, or that YAML cannot hold plainly, is written in quotes.
  static func spelling(_ string: String) -> String {
    if case .string = ScalarResolution.value(of: string), isPlain(string) { return string }
    var quoted = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value):
        quoted += "\\u" + hex(scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Whether every letter is harmless wherever it stands, so that no YAML rule about indicators has to be known here.
  private static func isPlain(_ string: String) -> Bool {
    guard let first = string.unicodeScalars.first,
      first.properties.isAlphabetic || "./_".unicodeScalars.contains(first) || ("0"..."9").contains(first)
    else {
      return false
    }
    let isHarmless = string.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._/-+ ()=".unicodeScalars.contains($0)
    }
    return isHarmless && string.last != " " && !string.hasPrefix("...")
      && !["y", "n", "yes", "no", "on", "off"].contains(string.lowercased())
  }
}
