import ArgumentParser
import Configuration
import Registry

/// The options that all stages of an experiment share: the words of the configuration, kept in their order.
struct StageOptions: ParsableArguments {
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      """
      What is run, from left to right: --config FILE, and any setting by its path (--trainer.max_steps 100, --data datasets.Kodak, \
      --data.batch_size=8, --trainer.callbacks+=ModelCheckpoint, --vars.N 192, --no-trainer.enable_progress_bar). Class names, files and YAML \
      can stand for components: --model FactorizedPrior, --model model.yaml. --print_config[=comments,skip_null,skip_default] shows what it \
      means.
      """, valueName: "configuration"))
  var words: [String] = []

  @Flag(name: .customLong("help-all"), help: "Show every setting with its default.") var helpAll = false

  /// The words taken apart.
  func configuration() throws -> ConfigurationWords { try ConfigurationWords(words) }
}
