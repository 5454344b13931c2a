import ArgumentParser
import Configuration
import Registry
import Taxonomy

/// Names the components.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the components, or those of one kind.",
    discussion: """
        benchpresso list
        benchpresso list nonlinearities
        benchpresso list context-models
      """)

  @Argument(help: ArgumentHelp("Only this kind: models, nonlinearities, datasets, …", valueName: "kind")) var kind: String?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      let entries = catalogue.entries.sorted { $0.classPath < $1.classPath }
      let kinds = try kind.map { try Self.kinds(of: $0) }
      let chosen = kinds.map { kinds in entries.filter { entry in kinds.contains { $0.name == entry.kind } } } ?? entries
      switch format {
      case .json:
        let bibliography = try Bibliography.shipped()
        Console.result(
          try JSONOutput.text(chosen.map { ComponentDescription($0, catalogue: catalogue, bibliography: bibliography, cost: nil) }))
      case .text:
        let width = chosen.map(\.classPath.count).max() ?? 0
        var section = ""
        for entry in chosen {
          if entry.section != section, !section.isEmpty { Console.result("") }
          section = entry.section
          Console.result(entry.classPath.padded(to: width) + "  " + entry.summary)
        }
      }
      if chosen.isEmpty, let kinds { Console.note("there is no \(kinds.map { $0.name }.joined(separator: " or ")) yet") }
    }
  }

  /// A kind is named by its section or its name, in the singular or the plural; both kinds of priors are meant by their section.
  static func kinds(of word: String) throws(UsageError) -> [any ComponentKind.Type] {
    func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter } }
    let wanted = plain(word)
    let found = ComponentKinds.all.filter { kind in
      let name = plain(kind.name)
      let plural = name.hasSuffix("y") ? name.dropLast() + "ies" : name.hasSuffix("s") ? name + "es" : name + "s"
      let more = kind.name == SchedulerKind.name ? ["schedule", "schedules"] : []
      return ([name, String(plural), plain(kind.section), plain(kind.section) + "s"] + more).contains(wanted)
    }
    guard found.isEmpty else { return found }
    throw .needs(
      "there is no kind '\(word)'\(NearMatch.sentenceEnd(for: word, among: sections)) Kinds: \(sections.joined(separator: ", "))")
  }

  /// The sections of class paths, sorted.
  static var sections: [String] { Set(ComponentKinds.all.map { $0.section }).sorted() }
}

extension String {
  /// The text with spaces after it up to `width` characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
