package import Results

/// JSON that can stand in a script element: nothing in it ends the element, whatever the texts are.
package enum ScriptJSON {
  /// Returns compact JSON with sorted keys; numbers that are not finite become null.
  package static func text(_ value: JSONValue) -> String {
    var text = ""
    append(value, to: &text)
    return text
  }

  private static func append(_ value: JSONValue, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): append(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        append(value, to: &text)
      }
      text += "]"
    case .object(let values):
      text += "{"
      for (index, entry) in values.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { text += "," }
        append(entry.key, to: &text)
        text += ":"
        append(entry.value, to: &text)
      }
      text += "}"
    }
  }

  private static func append(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "<", ">", "&", "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSONValue {
  /// A number with six significant digits, which is more than anyone reads off a plot; null for nil and for what is not finite.
  package static func short(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    guard value != 0, let short = Double(NumberText.significant(value, digits: 6)) else { return .number(value) }
    return .number(short)
  }

  /// A text, or null.
  package static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
