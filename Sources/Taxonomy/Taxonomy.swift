/// The taxonomy of learned image compression of the thesis (chapter 5), with its publications.
public struct Taxonomy: Sendable, Equatable {
  /// The work that the taxonomy comes from.
  public struct Source: Sendable, Equatable, Decodable {
    /// The title.
    public let title: String
    /// The author, as `Family, Given`.
    public let author: String
    /// The university.
    public let school: String
    /// The year.
    public let year: Int
    /// The chapter.
    public let chapter: String
  }

  /// The work that it comes from.
  public let source: Source
  /// Remarks on the whole of it.
  public let notes: [String]
  /// What the source says of trends.
  public let claims: [TrendClaim]
  /// The categories, in the order of the sections.
  public let categories: [TaxonomyNode]
  /// The publications of table 5.6, in its order.
  public let publications: [Publication]

  /// All nodes, each before its parts.
  public var nodes: [TaxonomyNode] { categories.flatMap(\.all) }

  /// The node with exactly this path, names with slashes between; nil where there is none.
  public func node(path: String) -> TaxonomyNode? { nodes.first { $0.pathText == path } }

  /// The category of a section: that of `5.3.2` is the one of `5.3`.
  public func category(ofSection section: String) -> TaxonomyNode? {
    categories.first { section == $0.section || section.hasPrefix($0.section + ".") }
  }

  /// The publication with this key; nil where there is none.
  public func publication(_ key: String) -> Publication? { publications.first { $0.key == key } }

  /// The publications that table 5.6 places in a category.
  public func publications(ofCategory category: TaxonomyNode) -> [Publication] {
    publications.filter { $0.sections.contains(category.section) }
  }

  /// The nodes that list or describe a publication: rows of tables, and the parts below them whose text describes it.
  public func nodes(ofPublication key: String) -> [TaxonomyNode] {
    nodes.filter { $0.tableRow?.contains(key) ?? false || $0.namedInText.contains(key) }
  }

  /// What other publications are said to do with one, with their keys.
  public func relations(to key: String) -> [(from: String, relation: PublicationRelation)] {
    publications.flatMap { publication in publication.relations.filter { $0.of == key }.map { (publication.key, $0) } }
  }
}
