extension Node {
  /// Returns the tree as YAML text that ``ConfigurationFile`` reads back as an equal tree.
  ///
  /// - Parameters:
  ///   - header: Lines of a comment at the top, without `#`.
  ///   - comment: A comment for the end of a value's line, for example its origin; nil for none.
  public func yaml(header: [String] = [], comment: (Node) -> String? = { _ in nil }) -> String {
    var text = header.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
    if let scalar = flow {
      text += scalar + (comment(self).map { "  # \($0)" } ?? "") + "\n"
    } else {
      write(indent: 0, comment: comment, to: &text)
    }
    return text
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

  private func write(indent: Int, comment: (Node) -> String?, to text: inout String) {
    let space = String(repeating: " ", count: indent)
    for field in fields ?? [] {
      text += "\(space)\(Self.spelling(field.key)):"
      field.value.writeValue(indent: indent + 2, comment: comment, to: &text)
    }
    for element in elements ?? [] {
      if element.flow == nil, element.fields != nil {
        var nested = ""
        element.write(indent: indent + 2, comment: comment, to: &nested)
        text += "\(space)- " + nested.dropFirst(indent + 2)
      } else {
        text += "\(space)-"
        element.writeValue(indent: indent + 2, comment: comment, to: &text)
      }
    }
  }

  private func writeValue(indent: Int, comment: (Node) -> String?, to text: inout String) {
    if let flow {
      text += " \(flow)" + (comment(self).map { "  # \($0)" } ?? "") + "\n"
    } else {
      text += "\n"
      write(indent: indent, comment: comment, to: &text)
    }
  }

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
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || [0x2028, 0x2029, 0xFEFF].contains(scalar.value):
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
    return isHarmless && string.last != " " && string != "..." && !["y", "n", "yes", "no", "on", "off"].contains(string.lowercased())
  }
}
