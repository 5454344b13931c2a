import ArgumentParser
import Configuration
import Registry

/// Explains one component.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a component and its settings.",
    discussion: """
        benchpresso describe nonlinearity.GDN
        benchpresso describe ModelCheckpoint
      """)

  @Argument(help: ArgumentHelp("A class path, an alias, or the last part of one.", valueName: "class")) var name: String
  @Option(help: "How the result is printed: text or json.") var format = OutputFormat.text

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
    let description = ComponentDescription(entry, catalogue: catalogue)
    switch format {
    case .text: Console.result(description.text)
    case .json: Console.result(try JSONOutput.text(description))
    }
  }
}

/// Names the components.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the components, or those of one kind.",
    discussion: """
        benchpresso list
        benchpresso list nonlinearity
      """)

  @Argument(help: ArgumentHelp("Only this kind: models, nonlinearity, datasets, …", valueName: "kind")) var kind: String?
  @Option(help: "How the result is printed: text or json.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      let entries = catalogue.entries.sorted { $0.classPath < $1.classPath }
      let chosen = try kind.map { word in try Self.entries(entries, of: word) } ?? entries
      switch format {
      case .json: Console.result(try JSONOutput.text(chosen.map { ComponentDescription($0, catalogue: catalogue) }))
      case .text:
        let width = chosen.map(\.classPath.count).max() ?? 0
        var section = ""
        for entry in chosen {
          if entry.section != section, !section.isEmpty { Console.result("") }
          section = entry.section
          Console.result(entry.classPath.padded(to: width) + "  " + entry.summary)
        }
      }
    }
  }

  /// A kind is named by its section or its name, in the singular or the plural.
  private static func entries(_ entries: [Entry], of word: String) throws(UsageError) -> [Entry] {
    func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter } }
    let wanted = plain(word)
    func forms(_ entry: Entry) -> [String] {
      let name = plain(entry.kind)
      let plural = name.hasSuffix("y") ? name.dropLast() + "ies" : name.hasSuffix("s") ? name + "es" : name + "s"
      return [name, String(plural), plain(entry.section), plain(entry.section) + "s"]
    }
    let found = entries.filter { forms($0).contains(wanted) }
    guard found.isEmpty else { return found }
    let sections = Set(entries.map(\.section)).sorted()
    throw .needs(
      "there is no kind '\(word)'\(NearMatch.sentenceEnd(for: word, among: sections)) Kinds: \(sections.joined(separator: ", "))")
  }
}

extension String {
  /// The text with spaces after it up to `width` characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
