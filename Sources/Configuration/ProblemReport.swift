import SafeFiles

/// A problem as a person reads it: the sentence, and the line of the file with the place marked; at most four lines.
public enum ProblemReport {
  /// The longest part of a source line that is shown, in characters.
  static let lineLimit = 110

  /// Returns the lines of a problem, the first of which starts with `error: `.
  ///
  /// - Parameter source: Gives the text of a file; by default it is read again.
  public static func lines(_ problem: Problem, source: (String) -> String? = read) -> [String] {
    let first = "error: \(problem)"
    guard problem.mark.isFile, problem.mark.line > 0, let text = source(problem.mark.source) else { return [first] }
    return [first] + excerpt(of: text, at: problem.mark)
  }

  /// Reads a file's text; nil when that is not possible.
  public static func read(_ path: String) -> String? {
    guard let bytes = try? FileBytes.read(path), bytes.count < 10_000_000 else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func excerpt(of text: String, at mark: Mark) -> [String] {
    let lines = SourceLines.of(text)
    guard lines.indices.contains(mark.line - 1) else { return [] }
    // Columns count Unicode scalars.
    var scalars = lines[mark.line - 1].map { $0 == "\t" ? " " : OneLine.shown($0) }
    var column = max(mark.column - 1, 0)
    guard column <= scalars.count, !scalars.isEmpty else { return [] }
    if column > lineLimit / 2 {
      let cut = column - lineLimit / 4
      scalars.removeFirst(cut)
      column -= cut
    }
    scalars = Array(scalars.prefix(lineLimit))
    let length = max(1, scalars[column...].prefix { !$0.properties.isWhitespace && !",[]{}".unicodeScalars.contains($0) }.count)
    let number = String(mark.line)
    let margin = String(repeating: " ", count: max(6 - number.count, 1)) + number
    var shown = ""
    shown.unicodeScalars.append(contentsOf: scalars)
    return [
      "\(margin) | \(shown)",
      String(repeating: " ", count: margin.count) + " | " + String(repeating: " ", count: column) + String(repeating: "^", count: length),
    ]
  }
}
