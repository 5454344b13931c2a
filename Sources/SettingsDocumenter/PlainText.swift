/// Documentation comments as texts for a terminal.
enum PlainText {
  /// Returns the lines of a comment as one paragraph: symbol links become bare names, other links their words.
  static func of(_ lines: [String]) -> String {
    var text = lines.flatMap { $0.split(separator: " ") }.joined(separator: " ")
    text = text.replacing(/``([^`]+)``/) { name(ofLink: String($0.output.1)) }
    text = text.replacing(/\[([^\]]+)\]\([^)]*\)/) { String($0.output.1) }
    return text
  }

  /// `Images/JPEG/encode(_:quality:)` is `encode`, `Adam/Settings` is `Settings`.
  private static func name(ofLink link: String) -> String {
    let last = link.split(separator: "/").last ?? ""
    return String(last.prefix { $0 != "(" && $0 != "-" })
  }
}
