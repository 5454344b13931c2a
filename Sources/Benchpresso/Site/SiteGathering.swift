import Registry
import Results
import SafeFiles
import Site
import Taxonomy

/// Everything that the program knows, put together for a site.
struct SiteGathering {
  let catalogue: Catalogue
  let bibliography: Bibliography
  let anchors: [SiteAnchor]

  /// - Parameter anchors: The published curves that are named; see ``SiteAnchors``.
  /// - Throws: ``UsageError`` for an unknown anchor.
  init(anchors names: [String]) throws {
    catalogue = try Program.catalogue()
    bibliography = try Bibliography.shipped()
    anchors = try SiteAnchors.curves(names)
  }

  /// The contents without those of a registry.
  ///
  /// - Parameters:
  ///   - date: When the site is written; nil for one that is served.
  ///   - cost: Says what a component costs; nil where it has no cost.
  func contents(date: String?, cost: (Entry) -> String?) -> SiteContents {
    var contents = SiteContents(program: "Benchpresso \(BuiltIn.version)", date: date)
    SiteLiterature(bibliography.taxonomy, catalogue).add(to: &contents)
    contents.components = SiteComponents(catalogue: catalogue, bibliography: bibliography).all(cost: cost)
    contents.anchors = anchors
    return contents
  }

  /// Counts the costs of all components, one after the other, on the thread that calls: libtorch keeps a mode for each thread.
  ///
  /// - Parameter found: Gets the number that is done and the number of all; ends the counting by returning false.
  func costs(_ found: (Int, Int, String, String?) -> Bool) {
    let components = SiteComponents(catalogue: catalogue, bibliography: bibliography)
    let entries = catalogue.entries.filter { ComponentCost.isKnown(of: $0) }
    for (index, entry) in entries.enumerated() {
      guard found(index + 1, entries.count, entry.classPath, components.cost(entry)) else { return }
    }
  }
}
