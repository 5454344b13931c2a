/// The extension that gives a type of settings its texts.
struct GeneratedExtension {
  let typeName: String
  let access: Access
  let texts: [(name: String, text: String)]

  /// The widest line of text, so that the source stays within the width that the format asks for.
  static let width = 110

  /// The extension as Swift source in the house format.
  var source: String {
    var lines = ["extension \(typeName) {"]
    lines.append("  /// What each setting means, by the name of its property.")
    lines.append("  \(access.prefix)static var documentation: [String: String] {")
    lines.append("    [")
    lines += entries
    lines += ["    ]", "  }", "}", ""]
    return lines.joined(separator: "\n")
  }

  /// The format wants a comma after each entry, but none after a single one.
  private var entries: [String] {
    let all = texts.map(entry)
    let comma = all.count == 1 ? "" : ","
    return all.flatMap { lines in lines.dropLast() + [lines[lines.count - 1] + comma] }
  }

  private func entry(_ name: String, _ text: String) -> [String] {
    let parts = Self.wrapped(text).map(Self.escaped)
    let short = "      \"\(name)\": \"\(parts.joined())\""
    guard parts.count > 1 || short.count >= 140 else { return [short] }
    let body = parts.enumerated().map { index, part in "      \(part)\(index + 1 < parts.count ? " \\" : "")" }
    return ["      \"\(name)\": \"\"\""] + body + ["      \"\"\""]
  }

  /// Cuts a text between words.
  static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " \(word)"
    }
    return lines + [line]
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
