import ArgumentParser
import Configuration
import Registry
import Taxonomy

/// Explains one component, or what a model costs.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a component, or tell what a model costs before it is trained.",
    discussion: """
        benchpresso describe nonlinearity.GDN
        benchpresso describe --model models.ELIC --size 768x512 --depth 3
        benchpresso describe --config a.yaml --model.channels 64 --batch 8

      With a class: its equation, paper, place in the taxonomy, cost, settings, an example. With --model or --config: parameters, \
      multiply–accumulates and memory of the model that the words mean, for coding a picture and for a step of training, and of its parts. Small \
      pictures tell it, and the last lines say how far it is extrapolated.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "A class path, an alias, or the last part of one; or the words of a configuration, as the stages take them.", valueName: "class"))
  var words: [String] = []
  @Option(help: ArgumentHelp("The size of the picture that is coded.", valueName: "widthxheight")) var size: PictureSize?
  @Option(help: ArgumentHelp("How deep the table of parts goes; without it 2.", valueName: "n")) var depth: Int?
  @Option(
    help: ArgumentHelp("The pictures of a training step; without it the batch_size of the configuration.", valueName: "n"))
  var batch: Int?
  @Option(
    help: ArgumentHelp("The side of the patches of a training; without it the patch_size of the configuration, or 256.", valueName: "n"))
  var patch: Int?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func validate() throws {
    for (name, value, most) in [("depth", depth, 100), ("batch", batch, 1 << 20), ("patch", patch, 65535)] {
      if let value, !(1...most ~= value) { throw ValidationError("--\(name) must lie between 1 and \(most)") }
    }
  }

  func run() throws {
    try Failure.reported {
      guard let first = words.first else {
        throw UsageError.needs("describe needs a class ('benchpresso list' names all), or a model: --model CLASS or --config FILE")
      }
      guard first.hasPrefix("--") else {
        guard words.count == 1, size == nil, depth == nil, batch == nil, patch == nil else {
          let rest = words.count > 1 ? words[1] : "--size, --depth, --batch and --patch"
          throw UsageError.needs("'\(first)' is explained by itself; \(rest) belongs to the cost of a model: describe --model \(first) …")
        }
        return try Self.show(first, format: format)
      }
      let configuration = try ConfigurationWords(words)
      if let name = configuration.described { return try Self.show(name, format: format) }
      let size = size ?? PictureSize(width: 768, height: 512)
      let cost = try ModelCostReport(
        configuration, size: size, depth: depth ?? 2, batch: batch, patch: patch, catalogue: Program.catalogue())
      switch format {
      case .text: Console.result(cost.text)
      case .json: Console.result(try JSONOutput.text(cost))
      }
    }
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
