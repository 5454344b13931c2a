import ArgumentParser
import Taxonomy

/// Shows what of the taxonomy can be run here.
struct TaxonomyCoverage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Show for each leaf of the taxonomy which components there are, and what there is not yet.")

  @Option(help: ArgumentHelp("Only this part of the taxonomy.", valueName: "part")) var category: String?
  @Flag(help: "Only what cannot be run yet.") var missing = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let taxonomy = try Taxonomy.shipped()
      let coverage = Coverage(taxonomy: taxonomy, catalogue: try Program.catalogue())
      let chosen = try category.map { [try TaxonomyArgument.node($0, in: taxonomy)] } ?? taxonomy.categories
      guard format == .text else {
        guard category == nil, !missing else { throw UsageError.needs("--format json gives all of it; leave out --category and --missing") }
        return Console.result(try JSONOutput.text(CoverageReport(coverage)))
      }
      var (covered, all) = (0, 0)
      for node in chosen {
        let leaves = node.leaves
        let found = coverage.coveredLeaves(of: node).count
        (covered, all) = (covered + found, all + leaves.count)
        if missing {
          for leaf in leaves where coverage.components(at: leaf).isEmpty { Console.result(leaf.pathText) }
          continue
        }
        let lines = TaxonomyTreeReport.lines([node], depth: 9) { part in
          if part.path == node.path { return "  \(found) of \(leaves.count)" }
          let components = coverage.components(at: part)
          return components.isEmpty ? (part.isLeaf ? "  \(Coverage.notYet)" : "") : "  \(components.joined(separator: ", "))"
        }
        for line in lines { Console.result(line) }
      }
      Console.note("\(covered) of \(all) leaves can be run; \(all - covered) cannot yet")
    }
  }
}
