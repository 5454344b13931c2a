import ArgumentParser

/// The command line.
struct BenchpressoCommand: ParsableCommand {
  /// The name, the help and the commands.
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "benchpresso", abstract: "Trains, measures and compares learned image codecs.",
      discussion: """
          benchpresso fit --config configs/smoke.yaml
          benchpresso test --ckpt_path best --config configs/smoke.yaml
          benchpresso compare A/results.json --anchor B/results.json
        """,
      version: BuiltIn.version,
      subcommands: [],
      groupedSubcommands: [
        CommandGroup(name: "Stages of an experiment", subcommands: [Fit.self, Validate.self, Test.self, Predict.self, Run.self]),
        CommandGroup(
          name: "Studies and reports", subcommands: [StudyCommand.self, ReportCommand.self, SiteCommand.self, ServeCommand.self]),
        CommandGroup(
          name: "Pictures, weights, results",
          subcommands: [
            Encode.self, Decode.self, Inspect.self, Import.self, Export.self, MetricsCommand.self, Codec.self, Find.self, Compare.self,
            MeasureCommand.self, ResultsCommand.self, RegistryCommand.self, Zoo.self, QuickStart.self,
          ]),
        CommandGroup(name: "Data sets and the literature", subcommands: [DataCommand.self, TaxonomyCommand.self, PapersCommand.self]),
        CommandGroup(
          name: "Configuration and help",
          subcommands: [
            Config.self, SchemaCommand.self, Describe.self, List.self, Doctor.self, CompletionScript.self, Complete.self,
            MeasureProcess.self,
          ]),
      ])
  }

  /// The names of all commands and their aliases.
  static var names: [String] { commands.flatMap { [name($0)] + $0.configuration.aliases } + ["help"] }

  private static var commands: [any ParsableCommand.Type] { configuration.groupedSubcommands.flatMap { $0.subcommands } }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? String(describing: command).lowercased()
  }
}
