import ArgumentParser
import Configuration
import Registry
import SafeFiles

/// Prints a JSON Schema.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of configurations.",
    discussion: """
        benchpresso schema -o benchpresso.schema.json
        benchpresso schema --for codec
        benchpresso schema --part trainer
        benchpresso schema --for results

      The schemas of experiments and codecs are made from all components of this program, with those that were added to it; the first line
      '# yaml-language-server: $schema=benchpresso.schema.json' of a configuration makes an editor use one. The article "Configuration" says what
      no schema can check.
      """)

  @Option(name: .customLong("for"), help: ArgumentHelp("experiment, codec, study, results, taxonomy or timing.", valueName: "file"))
  var subject = SchemaSubject.experiment
  @Option(help: ArgumentHelp("Of a file that holds this section of a configuration alone.", valueName: "section")) var part: String?
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file to write.", valueName: "file")) var output: String?

  func run() throws {
    try Failure.reported {
      let text = try text()
      guard let output else { return Console.result(text) }
      try AtomicFile.write(text + "\n", to: output)
      Console.note("wrote \(output)")
    }
  }

  private func text() throws -> String {
    guard let schema = try subject.configuration(Program.catalogue()) else {
      guard part == nil else {
        throw UsageError.needs("--part chooses a section of an experiment or a codec; leave out --for \(subject.rawValue)")
      }
      return try subject.shipped()
    }
    guard let part else { return try JSONOutput.text(schema.tree) }
    guard let tree = schema.tree(ofPart: part) else {
      let parts = schema.parts
      throw UsageError.needs(
        "--part: there is no section '\(part)'\(NearMatch.sentenceEnd(for: part, among: parts)) Sections: \(parts.joined(separator: ", "))")
    }
    return try JSONOutput.text(tree)
  }
}
