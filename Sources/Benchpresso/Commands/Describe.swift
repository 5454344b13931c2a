import ArgumentParser
import Configuration
import Registry
import Taxonomy

/// Explains one component.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a component: equation, paper, place in the taxonomy, cost, settings, an example.",
    discussion: """
        benchpresso describe nonlinearity.GDN
        benchpresso describe ModelCheckpoint
      """)

  @Argument(help: ArgumentHelp("A class path, an alias, or the last part of one.", valueName: "class")) var name: String
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported { try Self.show(name, format: format) }
  }

  /// Prints the explanation.
  static func show(_ name: String, format: OutputFormat) throws {
    let catalogue = try Program.catalogue()
    let found = catalogue.entries(named: name)
    guard found.count < 2 else {
      throw UsageError.needs("'\(name)' could be \(found.map(\.classPath).joined(separator: " or ")); write the whole class path")
    }
    guard let entry = found.first else {
      let names = catalogue.entries.flatMap { [$0.classPath] + $0.aliases }
      throw UsageError.needs(
        "there is no component '\(name)'\(NearMatch.sentenceEnd(for: name, among: names)) 'benchpresso list' names all")
    }
    let cost = ComponentCost.isKnown(of: entry) ? ComponentCost(entry, catalogue: catalogue) : nil
    let description = ComponentDescription(entry, catalogue: catalogue, bibliography: try Bibliography.shipped(), cost: cost)
    switch format {
    case .text: Console.result(description.text)
    case .json: Console.result(try JSONOutput.text(description))
    }
  }
}
