import ArgumentParser
import ModelRegistry
import Reporting

/// Shows a record and where its numbers come from.
struct RegistryShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a record, its numbers, and where they come from.",
    discussion: """
        benchpresso registry show 3f9a0c
        benchpresso registry show factorized-small --format json

      From a results file it leads to the weights of each point, the pictures' manifest, the machine and the cards; from weights to everything that \
      was measured with them.
      """)

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The beginning of a hash, or a name.", valueName: "record")) var record: String
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let store = try options.store()
      let stored = try store.record(record)
      let provenance = ProvenanceReport(try Provenance(stored, in: store), store)
      Console.result(format == .json ? try JSONOutput.text(provenance) : provenance.text)
    }
  }
}
