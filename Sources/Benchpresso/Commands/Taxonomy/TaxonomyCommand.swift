import ArgumentParser
import Taxonomy

/// The taxonomy and what of it there is.
struct TaxonomyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "taxonomy", abstract: "Show the taxonomy of learned image compression, its trends, and what of it can be run here.",
    discussion: """
        benchpresso taxonomy --depth 2
        benchpresso taxonomy show "Context Models/Parallel Decoding/Checkerboard"
        benchpresso taxonomy trends --plot trends.svg
        benchpresso taxonomy coverage
      """,
    subcommands: [TaxonomyTree.self, TaxonomyShow.self, TaxonomyTrends.self, TaxonomyCoverage.self],
    defaultSubcommand: TaxonomyTree.self)
}

/// Shows the tree.
struct TaxonomyTree: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree", abstract: "Show the tree with the number of publications of each part.",
    discussion: """
      The numbers are those of the rows of tables 5.1 to 5.5 of the thesis; where a part has no row, they count the publications that its text
      describes.
      """)

  @Option(help: ArgumentHelp("How many levels are shown; 1 shows the categories.", valueName: "levels")) var depth = 9
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      guard depth > 0 else { throw UsageError.needs("--depth must be at least 1, found \(depth)") }
      let taxonomy = try Taxonomy.shipped()
      switch format {
      case .json: Console.result(try JSONOutput.text(taxonomy.categories.map { TaxonomyTreeReport($0, depth: depth) }))
      case .text:
        for line in TaxonomyTreeReport.lines(taxonomy.categories, depth: depth, suffix: { "  \($0.publications.count)" }) {
          Console.result(line)
        }
        let leaves = taxonomy.categories.reduce(0) { $0 + $1.leaves.count }
        Console.result(
          "\n\(taxonomy.categories.count) categories, \(leaves) leaves, \(taxonomy.publications.count) publications\n"
            + "(\(taxonomy.source.author) \(taxonomy.source.title), \(taxonomy.source.school) \(taxonomy.source.year), "
            + "chapter \(taxonomy.source.chapter))")
      }
    }
  }
}

/// Shows one part of the taxonomy.
struct TaxonomyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a part of the taxonomy: publications, relations, components, and where the source disagrees.",
    discussion: """
      The path may be cut short, and its case and spaces do not count:
        benchpresso taxonomy show checkerboard
        benchpresso taxonomy show "hierarchical priors/joint"
        benchpresso taxonomy show GDN
        benchpresso taxonomy show 5.3.2
      """)

  @Argument(help: ArgumentHelp("A path, the end of one, or the number of a section.", valueName: "part")) var path: String
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let taxonomy = try Taxonomy.shipped()
      let node = try TaxonomyArgument.node(path, in: taxonomy)
      let report = TaxonomyNodeReport(node, taxonomy: taxonomy, catalogue: try Program.catalogue())
      switch format {
      case .json: Console.result(try JSONOutput.text(report))
      case .text: Console.result(report.text)
      }
    }
  }
}

/// Parts of the taxonomy as they are named on a command line.
enum TaxonomyArgument {
  /// Finds a node.
  ///
  /// - Throws: ``UsageError`` where it is not found, so that the command ends with status 2.
  static func node(_ text: String, in taxonomy: Taxonomy) throws -> TaxonomyNode {
    do { return try taxonomy.find(text) } catch { throw UsageError.needs("\(error)") }
  }

  /// Finds a publication by its key or number, also among those beside the taxonomy.
  ///
  /// - Throws: ``UsageError`` where it is not found.
  static func publication(_ text: String, in bibliography: Bibliography) throws -> Publication {
    if let found = bibliography.publication(text.lowercased()) { return found }
    do { return try bibliography.taxonomy.findPublication(text) } catch { throw UsageError.needs("\(error)") }
  }
}
