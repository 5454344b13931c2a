import Registry
import Site
import Taxonomy

/// The taxonomy and its publications as a site shows them.
struct SiteLiterature {
  private let taxonomy: Taxonomy
  private let coverage: Coverage
  private let catalogue: Catalogue

  init(_ taxonomy: Taxonomy, _ catalogue: Catalogue) {
    (self.taxonomy, self.catalogue) = (taxonomy, catalogue)
    coverage = Coverage(taxonomy: taxonomy, catalogue: catalogue)
  }

  /// Puts them into a site's contents.
  func add(to contents: inout SiteContents) {
    contents.taxonomy = taxonomy.categories.map(node)
    let source = taxonomy.source
    contents.taxonomySource = "After \(source.author) \(source.title), \(source.school) \(source.year), chapter \(source.chapter)."
    contents.publications = taxonomy.publications.map(publication)
    let trends = PublicationTrends(taxonomy)
    contents.trends.years = trends.years
    contents.trends.rows = zip(trends.categories, trends.counts).map { ($0, $1) }
    contents.trends.publications = trends.publications
    contents.trends.claims = taxonomy.claims.flatMap { $0.checks(trends) }.map { check in
      "Section \(check.section), \(check.years), \(check.category): \(check.claimed) claimed, \(check.counted) counted"
        + (check.holds ? "" : " – they disagree")
    }
  }

  private func node(_ node: TaxonomyNode) -> SiteNode {
    let report = TaxonomyNodeReport(node, taxonomy: taxonomy, catalogue: catalogue)
    var result = SiteNode(path: node.path, section: node.section, summary: node.summary)
    result.table = report.table
    result.otherNames = node.otherNames
    result.listed = report.inTable?.map(\.key) ?? []
    result.described = report.namedInText.map(\.key)
    result.relations = report.relations.map(relation)
    result.notes = node.notes
    result.components = coverage.components(at: node)
    result.publicationCount = node.publications.count
    result.children = node.children.map(self.node)
    return result
  }

  private func publication(_ publication: Publication) -> SitePublication {
    let report = PublicationReport(publication, taxonomy: taxonomy)
    var result = SitePublication(
      key: publication.key, title: publication.title, authors: publication.authors, citedAuthors: publication.citedAuthors,
      year: publication.year, bibtex: BibTeX.entry(publication))
    (result.reference, result.venue, result.arxiv) = (publication.reference, publication.venue, publication.arxiv)
    (result.categories, result.places, result.notes) = (report.categories, report.places, report.notes)
    result.relations = (report.relations + report.relatedBy).map(relation)
    return result
  }

  private func relation(_ report: RelationReport) -> SiteRelation {
    let words = PublicationRelation.Kind(rawValue: report.kind)?.words ?? report.kind
    return SiteRelation(from: report.from, words: words, of: report.of, what: report.what, section: report.section, note: report.note)
  }
}
