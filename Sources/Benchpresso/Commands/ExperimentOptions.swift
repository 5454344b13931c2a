import ArgumentParser
import Configuration
import Registry

/// The options that all stages of an experiment share.
struct ExperimentOptions: ParsableArguments {
  @Option(
    name: [.customLong("config"), .customShort("c")],
    help: ArgumentHelp("A configuration file; of several, later ones override earlier ones.", valueName: "file"))
  var configurations: [String] = []

  @Option(
    name: .customLong("ckpt_path"), help: ArgumentHelp("A checkpoint, or 'last' or 'best' of the run's newest version.", valueName: "path"))
  var checkpoint: String?

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "Any setting by its dotted path: --trainer.max_steps 100, --model.channels 64, --data.batch_size=8.", valueName: "--setting value"))
  var settings: [String] = []

  func load(_ catalogue: Catalogue, base: Node = Node(.map([]))) throws -> ExperimentFile {
    var overrides = try Overrides.parse(settings)
    if let checkpoint { overrides.append(Override(path: "ckpt_path", value: checkpoint)) }
    guard !configurations.isEmpty || !settings.isEmpty || base.fields?.isEmpty == false else {
      throw ValidationError("name a configuration file with --config, or settings such as --data.data_dir FOLDER")
    }
    return try ExperimentFile(paths: configurations, overrides: overrides, catalogue: catalogue, base: base)
  }
}

/// Settings on the command line.
enum Overrides {
  /// Returns what `--path value` and `--path=value` say.
  static func parse(_ words: [String]) throws -> [Override] {
    var overrides: [Override] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else {
        throw ValidationError("unexpected '\(word)'; settings are written --path value, for example --trainer.max_steps 100")
      }
      let body = word.dropFirst(2)
      if let sign = body.firstIndex(of: "=") {
        overrides.append(Override(path: String(body[..<sign]), value: String(body[body.index(after: sign)...])))
      } else if let value = rest.popFirst() {
        overrides.append(Override(path: String(body), value: value))
      } else {
        throw ValidationError("'\(word)' needs a value")
      }
    }
    return overrides
  }
}
