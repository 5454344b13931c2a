import ArgumentParser

/// The command line.
struct BenchpressoCommand: ParsableCommand {
  /// The name, the help and the commands.
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "benchpresso", abstract: "Trains, measures and compares learned image codecs.",
      discussion: """
        A configuration file names a model, a data set and how to train; every part is a component that another one can replace.

          benchpresso fit --config Configs/smoke.yaml          train
          benchpresso test --config run/config.yaml --ckpt_path run/checkpoints/best.ckpt
        """,
      version: BuiltIn.version, subcommands: [Fit.self, Validate.self])
  }
}
