/// Every work that a component can name: those of the taxonomy, and others that the taxonomy does not list.
public struct Bibliography: Sendable, Equatable {
  /// The taxonomy.
  public let taxonomy: Taxonomy
  /// The works beside it, such as those on data sets, optimisers and metrics.
  public let others: [Publication]

  /// Creates a bibliography.
  public init(taxonomy: Taxonomy, others: [Publication]) {
    self.taxonomy = taxonomy
    self.others = others
  }

  /// All works, those of the taxonomy first.
  public var all: [Publication] { taxonomy.publications + others }

  /// The work with this key; nil where there is none.
  public func publication(_ key: String) -> Publication? { all.first { $0.key == key } }
}
