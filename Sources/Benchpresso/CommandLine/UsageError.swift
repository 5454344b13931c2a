import Configuration

/// A command line that cannot be understood; ends with status 2.
package enum UsageError: Error, Equatable, CustomStringConvertible {
  case unexpected(String)
  case badCommand(String, valid: [String])
  case noCommand(valid: [String])
  case noValue(option: String, example: String)
  case badValue(option: String, value: String, valid: [String])
  case needs(String)

  /// One sentence that says what is wrong and what would be right.
  package var description: String {
    switch self {
    case .unexpected(let word) where PathText.isConfigurationFile(word): "unexpected '\(word)'; did you mean --config \(word)?"
    case .unexpected(let word): "unexpected '\(word)'; settings are written --path value, for example --trainer.max_steps 100"
    case .badCommand(let word, let valid):
      "there is no command '\(word)'\(NearMatch.sentenceEnd(for: word, among: valid)) Commands: \(valid.joined(separator: ", "))"
    case .noCommand(let valid): "name a command: \(valid.joined(separator: ", ")); 'benchpresso --help' says what they do"
    case .noValue(let option, let example): "--\(option) needs a value, for example --\(option) \(example)"
    case .badValue(let option, let value, let valid):
      "--\(option): there is no '\(value)'\(NearMatch.sentenceEnd(for: value, among: valid)) Valid: \(valid.joined(separator: ", "))"
    case .needs(let sentence): sentence
    }
  }
}
