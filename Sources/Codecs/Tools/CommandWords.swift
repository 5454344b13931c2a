/// The words of a command line, split as a shell does but without its other powers.
public enum CommandWords {
  /// Splits a line at white space; quotation marks keep words together, a backslash takes the next character as it is.
  ///
  /// Between single quotation marks everything is taken as it is, between double ones a backslash counts before `"` and `\`.
  ///
  /// - Throws: ``ToolCodecError/commandLine(_:)`` where a quotation is not closed or nothing follows a backslash.
  public static func split(_ line: String) throws(ToolCodecError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      if character == "\\", quote != "'", quote == nil || rest.first == "\"" || rest.first == "\\" {
        guard let next = rest.popFirst() else { throw .commandLine("nothing follows the last backslash of '\(line)'") }
        word = (word ?? "") + String(next)
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw .commandLine("a quotation is not closed in '\(line)'") }
    if let word { words.append(word) }
    return words
  }

  /// Returns the words with `{name}` replaced by what `values` say.
  static func filled(_ words: [String], _ values: [String: String]) -> [String] {
    words.map { word in
      var result = ""
      var rest = word[...]
      // One pass, so that a brace in a file's name is not taken for a placeholder.
      while let brace = rest.firstIndex(of: "{") {
        result += rest[..<brace]
        rest = rest[brace...]
        if let end = rest.firstIndex(of: "}"), let value = values[String(rest[rest.index(after: brace)..<end])] {
          result += value
          rest = rest[rest.index(after: end)...]
        } else {
          result += "{"
          rest = rest.dropFirst()
        }
      }
      return result + rest
    }
  }
}
