/// The options of a command that are no settings, for completion.
struct CommandOptions {
  /// The command with its second word: `config show`.
  let command: String
  /// What the parser says of it; nil for a command that does not exist.
  let outline: CommandOutline?

  /// The options with what they mean.
  var completions: [Completion] {
    let own = (outline?.arguments ?? []).filter { $0.kind != .positional && $0.shouldDisplay }
      .flatMap { argument in argument.longNames.map { Completion(word: "--\($0)", help: Self.short(argument.abstract ?? "")) } }
      .filter { !["--help", "--version"].contains($0.word) }
    let among = takesSettings ? Self.ofSettings + (Self.amongSettings[command] ?? []) : []
    return own + among + [Completion(word: "--help", help: "Show help information")]
  }

  /// Whether every setting of an experiment is an option too.
  var takesSettings: Bool { outline?.arguments?.contains { $0.parsingStrategy == "allUnrecognized" } == true }

  /// The values that an option can have; nil where they are not a few.
  func values(of option: String) -> [String]? {
    outline?.arguments?.first { $0.longNames.contains(option) }?.allValues
  }

  /// Whether a value follows the option; nil for one that is not the command's own.
  func hasValue(_ option: String) -> Bool? {
    if Self.amongSettings[command]?.contains(where: { $0.word == "--\(option)" }) == true { return true }
    return outline?.arguments?.first { $0.longNames.contains(option) }.map { $0.kind == .option }
  }

  private static let ofSettings = [
    Completion(word: "--config", help: "A configuration file"),
    Completion(word: "--print_config", help: "Print the resolved configuration"),
    Completion(word: "--no-env", help: "Ignore environment variables"),
  ]

  /// What is read together with the settings, and so is unknown to the parser.
  private static let amongSettings = [
    "fit": [Completion(word: "--resume", help: "Go on in the folder of a run")],
    "run": [
      Completion(word: "--stage", help: "All, or some of fit, validate, test, predict"),
      Completion(word: "--rates_config", help: "A file of several rates"),
    ],
  ]

  /// What a list of choices has room for: the first part of a sentence.
  private static func short(_ sentence: String) -> String {
    let end = sentence.firstRange(of: ". ")?.lowerBound ?? sentence.endIndex
    let first = sentence[..<end].prefix { $0 != ";" }
    let text = first.hasSuffix(".") ? String(first.dropLast()) : String(first)
    return text.count > 70 ? "\(text.prefix(67))..." : text
  }
}
