import Configuration

/// Brings the words of a command line into the order that the commands expect.
///
/// Options may stand before the command (`benchpresso --config a.yaml fit`), `-c` is short for `--config`, and `--stage` without a command means
/// `run`.
struct CommandOrder {
  /// The names of all commands and their aliases.
  let commands: Set<String>

  /// The order for this program.
  static var standard: CommandOrder { CommandOrder(commands: Set(BenchpressoCommand.names)) }

  /// Returns the words with the command first.
  ///
  /// - Throws: ``UsageError`` when the first word is no command.
  func arranged(_ words: [String]) throws(UsageError) -> [String] {
    let words = words.map { $0 == "-c" ? "--config" : $0.hasPrefix("-c=") ? "--config" + $0.dropFirst(2) : $0 }
    guard let first = words.first, !["--help", "-h", "--version", "--help-all"].contains(first) else { return words }
    guard first.hasPrefix("--") else {
      if commands.contains(first) || first.hasPrefix("-") { return words }
      throw .badCommand(first, valid: commands.filter { !$0.hasPrefix("_") }.sorted())
    }
    if let index = commandIndex(words) {
      var rest = words
      let command = rest.remove(at: index)
      return [command] + rest
    }
    if words.contains(where: { $0 == "--stage" || $0.hasPrefix("--stage=") }) { return ["run"] + words }
    throw .noCommand(valid: commands.filter { !$0.hasPrefix("_") }.sorted())
  }

  /// A command's name after an option could be its value; it is taken for the command when no other comes.
  ///
  /// After `--stage` it always is a value.
  private func commandIndex(_ words: [String]) -> Int? {
    var candidate: Int?
    for (index, word) in words.enumerated() where commands.contains(word) {
      let before = index > 0 ? words[index - 1] : ""
      if before == "--stage" { continue }
      if !before.hasPrefix("--") || before.contains("=") { return index }
      if candidate == nil { candidate = index }
    }
    return candidate
  }
}
