import Configuration
import Registry

/// One way to go on with a word.
struct Completion: Equatable {
  /// The whole word.
  let word: String
  /// What it means, in a few words.
  var help = ""
}

/// What can stand at the end of an unfinished command line.
struct CompletionEngine {
  /// What a shell is told.
  struct Answer: Equatable {
    var completions: [Completion] = []
    /// Whether names of files are possible too.
    var files = false
  }

  let catalogue: Catalogue
  /// The commands with what they do.
  let commands: [Completion]
  /// The variables that may hold settings.
  var environment: [String: String] = [:]

  private static let stages = ["fit", "train", "validate", "test", "predict", "run", "export"]
  private static let stageOptions = [
    Completion(word: "--config", help: "a configuration file"),
    Completion(word: "--print_config", help: "print the resolved configuration"),
    Completion(word: "--help", help: "help"), Completion(word: "--help-all", help: "every setting"),
  ]
  private static let shells = ["bash", "zsh", "fish"]

  /// Returns what the last of `words` can become.
  ///
  /// The words before it are complete; the program's name is not among them.
  func answer(_ words: [String]) -> Answer {
    let current = words.last ?? ""
    let before = Array(words.dropLast())
    guard let command = before.first(where: { !$0.hasPrefix("-") }) else {
      if let previous = before.last, previous.hasPrefix("--"), !previous.contains("=") { return value(of: previous, before, current) }
      return current.hasPrefix("--") ? options(current, before) : matching(commands, current)
    }
    switch command {
    case "describe": return matching(catalogue.entries.map { Completion(word: $0.classPath, help: $0.summary) }, current)
    case "list": return matching(Set(catalogue.entries.map(\.section)).sorted().map { Completion(word: $0) }, current)
    case "completion": return matching(Self.shells.map { Completion(word: $0) }, current)
    case "config" where before.last == "config":
      return matching(["check", "show", "diff"].map { Completion(word: $0) }, current)
    case "config" where before.contains("show"), _ where Self.stages.contains(command):
      if let previous = before.last, previous.hasPrefix("--"), !previous.contains("=") { return value(of: previous, before, current) }
      return options(current, before)
    default: return Answer(files: !current.hasPrefix("-"))
    }
  }

  /// Options, or the value after a `=`.
  private func options(_ current: String, _ before: [String]) -> Answer {
    if current.hasPrefix("--"), let sign = current.firstIndex(of: "=") {
      let name = String(current[..<sign])
      var answer = value(of: name, before, String(current[current.index(after: sign)...]))
      answer.completions = answer.completions.map { Completion(word: "\(name)=\($0.word)", help: $0.help) }
      return answer
    }
    var keys =
      current.hasPrefix("--") ? current.dropFirst(2).split(separator: ".", omittingEmptySubsequences: false).map(String.init) : [""]
    _ = keys.popLast()
    let stem = "--" + keys.map { "\($0)." }.joined()
    let path = keys.flatMap { PartPath.keys($0) }
    let tree = tree(before)
    var place = catalogue.place(path, in: tree, root: Experiment.self)
    // A key below a list is one of its last item.
    if case .list? = place?.shape, let last = place?.items.indices.last {
      place = catalogue.place(path + ["[\(last)]"], in: tree, root: Experiment.self)
    }
    var found = (place?.children ?? []).flatMap { child -> [Completion] in
      let name = child.key.split(separator: ".").last.map(String.init) ?? child.key
      let word = Completion(word: stem + name, help: summary(child))
      switch child.shape {
      case .settings: return [Completion(word: word.word + ".", help: word.help)]
      case .component: return [word, Completion(word: word.word + ".", help: "its arguments")]
      case .list: return [word, Completion(word: word.word + "+", help: "append to it")]
      case .value, .flag, .choice, .file, .dictionary: return [word]
      }
    }
    if keys.isEmpty { found += Self.stageOptions }
    return matching(found, current)
  }

  private func value(of option: String, _ before: [String], _ current: String) -> Answer {
    let name = option.dropFirst(2)
    if ["config", "rates_config", "resume", "extra_ckpt", "output", "weights"].contains(name) { return Answer(files: true) }
    if name == "print_config" { return matching(ConfigurationPrinting.Flag.allCases.map { Completion(word: $0.rawValue) }, current) }
    if name == "stage" { return matching(["all", "fit", "validate", "test", "predict"].map { Completion(word: $0) }, current) }
    if name == "format" { return matching(OutputFormat.allCases.map { Completion(word: $0.rawValue) }, current) }
    let keys = (name.hasSuffix("+") ? name.dropLast() : name[...]).split(separator: ".").flatMap { PartPath.keys(String($0)) }
    guard let place = catalogue.place(keys, in: tree(before), root: Experiment.self) else { return Answer(files: true) }
    if let kind = place.shape.kind { return classes(kind, current) }
    if keys.last == "class_path", let kind = catalogue.place(keys.dropLast(), in: tree(before), root: Experiment.self)?.shape.kind {
      return classes(kind, current)
    }
    switch place.shape {
    case .flag: return matching(["true", "false"].map { Completion(word: $0) }, current)
    case .choice: return matching((place.description?.choices ?? []).map { Completion(word: $0) }, current)
    case .file, .settings: return Answer(files: true)
    case .value, .component, .list, .dictionary: return Answer()
    }
  }

  /// Class paths, and files that hold a component.
  private func classes(_ kind: String, _ current: String) -> Answer {
    var answer = matching(catalogue.entries(ofKind: kind).map { Completion(word: $0.classPath, help: $0.summary) }, current)
    answer.files = answer.completions.isEmpty
    return answer
  }

  /// What the words so far say, as far as they can be understood.
  private func tree(_ before: [String]) -> Node {
    let words = before.drop { !$0.hasPrefix("--") }
    guard let configuration = try? ConfigurationWords(Array(words)) else { return Node(.map([])) }
    return Composition(configuration.request(stage: "fit", environment: environment), root: Experiment.self, catalogue: catalogue).tree
  }

  private func summary(_ setting: SettingDescription) -> String {
    let first = setting.documentation.split(whereSeparator: { ".;\n".contains($0) }).first.map(String.init) ?? setting.type
    return first.count > 70 ? "\(first.prefix(67))..." : first
  }

  private func matching(_ candidates: [Completion], _ current: String) -> Answer {
    Answer(completions: candidates.filter { $0.word.hasPrefix(current) })
  }
}
