/// Which publications are wanted, and in which order.
public struct PublicationQuery: Sendable, Equatable {
  /// What publications are sorted by.
  public enum Order: String, Sendable, CaseIterable {
    /// The newest first, then by key.
    case year
    /// By title.
    case title
    /// By the family name of the first author, then by year.
    case author
    /// By key.
    case key
    /// By the number in the bibliography of the source.
    case reference
  }

  /// The part of the taxonomy they belong to; nil for any.
  public var node: TaxonomyNode?
  /// The years; nil for any.
  public var years: ClosedRange<Int>?
  /// A part of an author's name; nil for any.
  public var author: String?
  /// Words that all have to be in title, authors, venue or key; nil for any.
  public var search: String?
  /// The order.
  public var order = Order.year

  /// Creates a query for all publications.
  public init() {}

  /// The years of `2020..2023`, `2020`, `2020..` or `..2016`; nil for any other text.
  public static func years(_ text: String) -> ClosedRange<Int>? {
    func year(_ text: Substring) -> Int? { text.count == 4 ? Int(text) : nil }
    guard let dots = text.firstRange(of: "..") else { return year(text[...]).map { $0...$0 } }
    let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
    guard let low = first.isEmpty ? 0 : year(first), let high = last.isEmpty ? 9999 : year(last), low <= high else { return nil }
    return first.isEmpty && last.isEmpty ? nil : low...high
  }
}

extension Taxonomy {
  /// The publications that a query wants, in its order.
  public func publications(_ query: PublicationQuery) -> [Publication] {
    let keys = query.node.map { Set($0.publications) }
    let author = query.author.map(SearchText.folded)
    let words = (query.search ?? "").split(separator: " ").map { SearchText.folded(String($0)) }
    let found = publications.filter { publication in
      if let keys, !keys.contains(publication.key) { return false }
      if let years = query.years, !years.contains(publication.year) { return false }
      if let author, !publication.authors.contains(where: { SearchText.folded($0).contains(author) }) { return false }
      let text = SearchText.folded(
        ([publication.title, publication.key, publication.venue ?? ""] + publication.authors).joined(separator: " "))
      return words.allSatisfy(text.contains)
    }
    return found.sorted { query.order.isIncreasing($0, $1) }
  }
}

extension PublicationQuery.Order {
  func isIncreasing(_ left: Publication, _ right: Publication) -> Bool {
    switch self {
    case .year: (-left.year, left.key) < (-right.year, right.key)
    case .title: (SearchText.folded(left.title), left.key) < (SearchText.folded(right.title), right.key)
    case .author:
      (SearchText.folded(left.authors.first ?? ""), left.year, left.key) < (
        SearchText.folded(right.authors.first ?? ""), right.year, right.key
      )
    case .key: left.key < right.key
    case .reference: (left.reference ?? .max, left.key) < (right.reference ?? .max, right.key)
    }
  }
}
