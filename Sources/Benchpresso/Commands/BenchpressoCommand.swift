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
          benchpresso test --ckpt_path RUN/checkpoints/best.ckpt --data.data_dir FOLDER      code and measure pictures for real
          benchpresso compare results.json --anchor results-jpeg420.json                     BD-rates
        """,
      version: BuiltIn.version,
      subcommands: [
        Fit.self, Validate.self, Test.self, Encode.self, Decode.self, Compare.self, Export.self, QuickStart.self,
      ])
  }
}
