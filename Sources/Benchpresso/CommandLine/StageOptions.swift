import ArgumentParser
import Configuration
import Registry

/// The options that all stages of an experiment share: the words of the configuration, kept in their order.
struct StageOptions: ParsableArguments {
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "--config FILE, and any setting by its path: --trainer.max_steps 100, --data datasets.Kodak, --model.channels=64.",
      valueName: "configuration"))
  var words: [String] = []

  @Flag(name: .customLong("help-all"), help: "Show every setting with its default.") var helpAll = false

  /// The words taken apart.
  func configuration() throws -> ConfigurationWords { try ConfigurationWords(words) }
}
