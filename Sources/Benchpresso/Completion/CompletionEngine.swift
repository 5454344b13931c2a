import Configuration
import Datasets
import Registry
import Results
import Taxonomy

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
  /// The commands and their options.
  let program: CommandOutline
  /// The variables that may hold settings.
  var environment: [String: String] = [:]

  private static let stages = ["fit", "validate", "test", "predict"]

  private var taxonomy: Taxonomy? { try? Taxonomy.shipped() }

  /// Returns what the last of `words` can become.
  ///
  /// The words before it are complete; the program's name is not among them.
  func answer(_ words: [String]) -> Answer {
    let current = words.last ?? ""
    var before = Array(words.dropLast())
    guard let index = commandIndex(before) else {
      let run = CommandOptions(command: "run", outline: program.child("run"))
      if let option = openOption(before, run) { return value(of: option, run, before, current) }
      return current.hasPrefix("-") ? options(current, run, before) : matching(program.children, current)
    }
    var outline = program.child(before.remove(at: index))
    // An alias stands for the command.
    var command = outline?.commandName ?? "help"
    if let parent = outline, parent.subcommands?.isEmpty == false {
      if index < before.count, let child = parent.child(before[index]) {
        command += " \(before.remove(at: index))"
        outline = child
      } else if index == before.count, !current.hasPrefix("-") || parent.defaultSubcommand == nil {
        return matching(parent.children, current)
      } else if let standard = parent.defaultSubcommand {
        // Without a second word the command means this one.
        command += " \(standard)"
        outline = parent.child(standard)
      } else {
        return Answer()
      }
    }
    let own = CommandOptions(command: command, outline: outline)
    if let option = openOption(before, own) { return value(of: option, own, before, current) }
    // 'describe' takes a class, or else settings.
    let isClass = command == "describe" && before.isEmpty && !current.hasPrefix("-")
    if !isClass, current.hasPrefix("-") || own.takesSettings { return options(current, own, before) }
    switch command {
    case "describe": return matching(catalogue.entries.map { Completion(word: $0.classPath, help: $0.summary) }, current)
    case "list": return matching(List.sections, current)
    case "taxonomy show": return matching((taxonomy?.nodes ?? []).map { Completion(word: $0.pathText, help: $0.summary) }, current)
    case "papers show": return matching((taxonomy?.publications ?? []).map { Completion(word: $0.key, help: $0.title) }, current)
    case "taxonomy tree", "taxonomy trends", "taxonomy coverage", "papers list": return Answer()
    case "data list", "data download":
      return matching(KnownDataset.all.map { Completion(word: $0.name, help: $0.title) }, current)
    case "data verify", "data manifest":
      var answer = matching(KnownDataset.all.map { Completion(word: $0.name, help: $0.title) }, current)
      answer.files = true
      return answer
    case "results list": return Answer()
    case "results show": return before.isEmpty ? matching(curves(prefix: ""), current) : Answer()
    case "results lint", "compare", "report": return curvesOrFiles(current)
    case "completion": return matching(Shell.allCases.map(\.rawValue), current)
    case "import" where before.isEmpty: return matching(Import.Source.allCases.map(\.rawValue), current)
    case "help": return matching(program.children, current)
    default: return Answer(files: true)
    }
  }

  /// The published curves, with what stands before their names.
  private func curves(prefix: String) -> [Completion] {
    ((try? CurveLibrary.entries()) ?? []).map { Completion(word: prefix + $0.id, help: $0.curve.name) }
  }

  /// Files, and the published curves once their first letter is there: shells show files only where there is nothing else.
  private func curvesOrFiles(_ current: String) -> Answer {
    var answer = current.isEmpty ? Answer() : matching(curves(prefix: CurveLibrary.prefix), current)
    answer.files = true
    return answer
  }

  /// The first command that is not the value of an option.
  private func commandIndex(_ words: [String]) -> Int? {
    words.indices.first { index in
      (words[index] == "help" || program.child(words[index]) != nil)
        && (index == 0 || openOption(Array(words[..<index]), nil) == nil)
    }
  }

  /// The last word where it is an option whose value is to come.
  private func openOption(_ words: [String], _ own: CommandOptions?) -> String? {
    words.last.flatMap { $0.hasPrefix("--") && !$0.contains("=") && hasValue(String($0.dropFirst(2)), own) ? $0 : nil }
  }

  /// Whether a value follows the option; settings have one.
  private func hasValue(_ option: String, _ own: CommandOptions?) -> Bool {
    if ["print_config", "no-env", "help", "version"].contains(option) || option.hasPrefix("no-") { return false }
    return own?.hasValue(option) ?? !program.flags.contains(option)
  }

  /// Options, or the value after a `=`.
  private func options(_ current: String, _ own: CommandOptions, _ before: [String]) -> Answer {
    if current.hasPrefix("--"), let sign = current.firstIndex(of: "=") {
      let name = String(current[..<sign])
      var answer = value(of: name, own, before, String(current[current.index(after: sign)...]))
      answer.completions = answer.completions.map { Completion(word: "\(name)=\($0.word)", help: $0.help) }
      return answer
    }
    guard own.takesSettings else { return matching(own.completions, current) }
    var keys =
      current.hasPrefix("--") ? current.dropFirst(2).split(separator: ".", omittingEmptySubsequences: false).map(String.init) : [""]
    _ = keys.popLast()
    let stem = "--" + keys.map { "\($0)." }.joined()
    let path = KeySpelling.keys(of: keys.joined(separator: ".")) ?? []
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
    if keys.isEmpty { found += own.completions }
    return matching(found, current)
  }

  private func value(of option: String, _ own: CommandOptions, _ before: [String], _ current: String) -> Answer {
    let name = option.dropFirst(2)
    if let values = own.values(of: String(name)) { return matching(values, current) }
    switch name {
    case "print_config": return matching(ConfigurationPrinting.Flag.allCases.map(\.rawValue), current)
    case "stage": return matching((own.command == "run" ? ["all"] : []) + Self.stages, current)
    case "sort" where own.command == "papers list": return matching(PublicationQuery.Order.allCases.map(\.rawValue), current)
    case "category" where ["papers list", "taxonomy coverage"].contains(own.command):
      return matching((taxonomy?.nodes ?? []).map { Completion(word: $0.pathText, help: $0.summary) }, current)
    case "architecture": return matching(Architecture.names(in: catalogue), current)
    case "anchor" where ["compare", "report"].contains(own.command): return curvesOrFiles(current)
    case "metric": return matching(KnownMetric.all.map(\.key), current)
    case _ where own.completions.contains { $0.word == option } || !own.takesSettings: return Answer(files: true)
    default: break
    }
    let keys = KeySpelling.keys(of: String(name.hasSuffix("+") ? name.dropLast() : name)) ?? []
    guard let place = catalogue.place(keys, in: tree(before), root: Experiment.self) else { return Answer(files: true) }
    if let kind = place.shape.kind { return classes(kind, current) }
    if keys.last == "class_path", let kind = catalogue.place(keys.dropLast(), in: tree(before), root: Experiment.self)?.shape.kind {
      return classes(kind, current)
    }
    switch place.shape {
    case .flag: return matching(["true", "false"], current)
    case .choice: return matching(place.description?.choices ?? [], current)
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
    guard let configuration = try? ConfigurationWords(before) else { return Node(.map([])) }
    return Composition(configuration.request(stage: "fit", environment: environment), root: Experiment.self, catalogue: catalogue).tree
  }

  private func summary(_ setting: SettingDescription) -> String {
    let first = setting.documentation.split(whereSeparator: { ".;\n".contains($0) }).first.map(String.init) ?? setting.type
    return first.count > 70 ? "\(first.prefix(67))..." : first
  }

  private func matching(_ words: [String], _ current: String) -> Answer { matching(words.map { Completion(word: $0) }, current) }

  private func matching(_ candidates: [Completion], _ current: String) -> Answer {
    Answer(completions: candidates.filter { $0.word.hasPrefix(current) })
  }
}
