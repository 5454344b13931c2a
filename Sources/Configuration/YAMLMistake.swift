import Yams

/// Turns an error of the YAML library into one sentence with its place.
struct YAMLMistake {
  private let mark: Mark
  private let sentence: String

  var error: ConfigurationError { ConfigurationError(mark: mark, sentence) }

  init(error: YamlError, text: String, source: String, place: Mark?) {
    func at(_ mark: Yams.Mark) -> Mark { place ?? Mark(source: source, line: mark.line, column: mark.column) }
    let lines = SourceLines.of(text)
    switch error {
    case .composer(_, let problem, let mark, _) where problem.contains("undefined alias"):
      self.mark = at(mark)
      sentence = Self.aliasSentence(lines: lines, mark: mark)
    case .composer(let context?, _, let mark, _) where context.text.contains("single document"):
      self.mark = at(mark)
      sentence = "a second YAML document starts here ('---'); keep one document in a file"
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if let line = Self.documentEnd(lines), line <= mark.line {
        self.mark = place ?? Mark(source: source, line: line, column: 1)
        sentence = "'...' at the start of a line ends a YAML document; remove the line, or write it as a comment (# ...)"
        return
      }
      self.mark = at(mark)
      sentence = "not valid YAML: " + Self.sentence(problem: problem, context: context, line: Self.rest(of: lines, from: mark))
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      let second = Self.secondLine(of: key, after: context.mark, lines: lines)
      self.mark = place ?? Mark(source: source, line: second ?? context.mark.line, column: context.mark.column)
      sentence =
        "the key '\(key)' is given twice in one map" + (second == nil ? "" : ", first at line \(context.mark.line)")
        + "; remove one of them"
    case .reader(let problem, let offset, _, _):
      let line = offset.map { SourceLines.of(String(decoding: text.utf8.prefix($0), as: UTF8.self)).count }
      self.mark = place ?? Mark(source: source, line: line ?? 0, column: line == nil ? 0 : 1)
      sentence = "not valid YAML: \(problem)"
    default:
      self.mark = place ?? Mark(source: source)
      sentence = "cannot be read as YAML: \(error)"
    }
  }

  /// What the library says, in words that name the usual causes.
  private static func sentence(problem: String, context: YamlError.Context?, line: ArraySlice<Unicode.Scalar>) -> String {
    if problem.hasPrefix("mapping values are not allowed") {
      return "a key cannot stand here; indent the line like the keys around it, or quote a text with a ':' in it"
    }
    if line.first == "\t" { return "a tab cannot indent a line; use spaces" }
    let whole = plain(problem) + (context.map { " (\(plain($0.text)) that starts at line \($0.mark.line))" } ?? "")
    if problem.hasSuffix("expected key") { return whole + "; check the indentation" }
    return line.starts(with: "{".unicodeScalars) ? whole + "; quote variables within braces: '${N}'" : whole
  }

  /// The line from a place on.
  private static func rest(of lines: [[Unicode.Scalar]], from mark: Yams.Mark) -> ArraySlice<Unicode.Scalar> {
    lines.indices.contains(mark.line - 1) ? lines[mark.line - 1].dropFirst(mark.column - 1) : []
  }

  private static func documentEnd(_ lines: [[Unicode.Scalar]]) -> Int? {
    lines.firstIndex { $0.starts(with: "...".unicodeScalars) && ($0.count == 3 || $0[3] == " ") }.map { $0 + 1 }
  }

  /// The alias' name stands in the text at `mark`; the anchor, if there is one, is looked for in all of the text.
  private static func aliasSentence(lines: [[Unicode.Scalar]], mark: Yams.Mark) -> String {
    var name = ""
    if lines.indices.contains(mark.line - 1) {
      for scalar in lines[mark.line - 1].dropFirst(mark.column) {
        if scalar.properties.isWhitespace || ",[]{}".unicodeScalars.contains(scalar) { break }
        name.unicodeScalars.append(scalar)
      }
    }
    guard let anchor = anchorLine(of: name, lines: lines) else {
      return "the alias *\(name) has no anchor; write &\(name) before the value it stands for"
    }
    if anchor <= mark.line {
      return "the alias *\(name) is used inside the value of its own anchor &\(name) (line \(anchor)); a value cannot contain itself"
    }
    return "the alias *\(name) is used before its anchor &\(name) (line \(anchor)); write the value &\(name) here and *\(name) there"
  }

  private static func anchorLine(of name: String, lines: [[Unicode.Scalar]]) -> Int? {
    let wanted = Array("&\(name)".unicodeScalars)
    for (index, line) in lines.enumerated() where line.count >= wanted.count {
      for start in 0...(line.count - wanted.count) where Array(line[start..<start + wanted.count]) == wanted {
        let isStart = start == 0 || " \t[{,:".unicodeScalars.contains(line[start - 1])
        let end = start + wanted.count
        let isEnd = end == line.count || line[end].properties.isWhitespace || ",[]{}".unicodeScalars.contains(line[end])
        if isStart && isEnd { return index + 1 }
      }
    }
    return nil
  }

  /// The line of the same key at the same column further down, as in a map written in block form.
  private static func secondLine(of key: String, after mark: Yams.Mark, lines: [[Unicode.Scalar]]) -> Int? {
    let wanted = Array("\(key):".unicodeScalars)
    for (index, line) in lines.enumerated().dropFirst(mark.line) where line.count >= mark.column - 1 + wanted.count {
      let start = mark.column - 1
      let isBlank = line[..<start].allSatisfy { $0 == " " }
      if isBlank, Array(line[start..<start + wanted.count]) == wanted { return index + 1 }
    }
    return nil
  }

  private static func plain(_ text: String) -> String {
    text.replacing("did not find expected ", with: "did not find the expected ").replacing(
      "could not find expected", with: "could not find the expected")
  }
}
