/// Breaking a text into lines.
enum TextWrap {
  /// Returns the lines of `text`, at most `width` characters each where its words allow it; paragraphs stay apart.
  static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > width {
          lines.append(line)
          line = ""
        }
        line += line.isEmpty ? String(word) : " \(word)"
      }
      return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
    }
  }

  /// Returns the text wrapped, with `indent` spaces before every line.
  static func indented(_ text: String, indent: Int, width: Int = 100) -> String {
    let space = String(repeating: " ", count: indent)
    return lines(text, width: width - indent).map { $0.isEmpty ? "" : space + $0 }.joined(separator: "\n")
  }
}
