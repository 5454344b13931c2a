import ArgumentParser
import Configuration
import ModelRegistry
import Reporting
import Results
import SafeFiles

/// Writes the beginnings of a model card.
struct RegistryCard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card", abstract: "Write a model card of weights that are in the registry.",
    discussion: """
        benchpresso registry card 77b1 --authors 'A. Author' --licence CC-BY-4.0 --data 'CLIC 2020 professional, train' -o mine.card.md
        benchpresso registry add mine.card.md

      The front matter has what the registry knows: model, λ, steps, hashes, results. Write below it what the model is for. 'registry add' checks it.
      """)

  @OptionGroup var options: RegistryOptions
  @Argument(help: ArgumentHelp("The beginning of the hash of weights, or their name.", valueName: "weights")) var record: String
  @Option(help: ArgumentHelp("Who made the model; repeatable.", valueName: "name")) var authors: [String]
  @Option(help: ArgumentHelp("The licence of the weights, as SPDX names it.", valueName: "licence")) var licence: String
  @Option(help: ArgumentHelp("What it was trained on.", valueName: "words")) var data: String
  @Option(help: ArgumentHelp("The machine that it was trained on.", valueName: "words")) var machine: String?
  @Option(help: ArgumentHelp("Who measured it.", valueName: "name")) var measuredBy: String?
  @Option(help: ArgumentHelp("What the card says of the model: what it is for, how it was trained.", valueName: "words")) var about: String?
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file to write.", valueName: "file")) var output: String

  func run() throws {
    try Failure.reported {
      let store = try options.store()
      let stored = try store.record(record)
      guard stored.record.kind == .weights else {
        throw UsageError.needs("'\(record)' is \(stored.record.kind.rawValue); a card is of weights")
      }
      let provenance = try Provenance(stored, in: store)
      var facts = ModelCard.Facts(authors: authors, licence: licence, data: data)
      (facts.machine, facts.measuredBy, facts.about) = (machine, measuredBy, about)
      let card = try ModelCard(provenance, facts)
      try AtomicFile.write(try card.file.markdown(), to: output)
      Console.result("written: \(output)")
    }
  }
}
