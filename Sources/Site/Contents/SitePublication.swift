/// A publication of the taxonomy.
public struct SitePublication: Sendable, Equatable {
  /// The key.
  public var key: String
  /// Its number in the bibliography of the source.
  public var reference: Int?
  /// The title.
  public var title: String
  /// The authors, each as `Family, Given`.
  public var authors: [String]
  /// The authors as texts cite them.
  public var citedAuthors: String
  /// The year.
  public var year: Int
  /// The journal or the proceedings.
  public var venue: String?
  /// The identifier at arXiv.
  public var arxiv: String?
  /// The names of its categories.
  public var categories: [String] = []
  /// The paths of the parts of the taxonomy that list or describe it.
  public var places: [String] = []
  /// What the source says of it and others.
  public var relations: [SiteRelation] = []
  /// Where the source disagrees with itself.
  public var notes: [String] = []
  /// Its BibTeX entry.
  public var bibtex: String

  /// Creates a publication.
  public init(key: String, title: String, authors: [String], citedAuthors: String, year: Int, bibtex: String) {
    (self.key, self.title, self.authors, self.citedAuthors, self.year, self.bibtex) = (key, title, authors, citedAuthors, year, bibtex)
  }
}

/// How many publications each category has in each year.
public struct SiteTrends: Sendable, Equatable {
  /// The years.
  public var years: [Int] = []
  /// The categories with the number of publications in each year.
  public var rows: [(category: String, counts: [Int])] = []
  /// The number of publications in each year, each counted once.
  public var publications: [Int] = []
  /// What the source claims beside what was counted, in sentences.
  public var claims: [String] = []

  /// Nothing.
  public init() {}

  /// Whether both have the same numbers and claims.
  public static func == (left: SiteTrends, right: SiteTrends) -> Bool {
    left.years == right.years && left.publications == right.publications && left.claims == right.claims
      && left.rows.elementsEqual(right.rows) { $0.category == $1.category && $0.counts == $1.counts }
  }
}
