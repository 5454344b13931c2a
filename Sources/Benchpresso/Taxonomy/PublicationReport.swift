import Taxonomy

/// All that is known of a publication.
struct PublicationReport: Encodable {
  let key: String
  let reference: Int?
  let type: String
  let title: String
  let authors: [String]
  let year: Int
  let month: Int?
  let venue: String?
  let volume: String?
  let number: String?
  let pages: String?
  let arxiv: String?
  let categories: [String]
  let places: [String]
  let relations: [RelationReport]
  let relatedBy: [RelationReport]
  let notes: [String]

  private let bibtex: String

  private enum CodingKeys: String, CodingKey {
    case key, reference, type, title, authors, year, month, venue, volume, number, pages, arxiv, categories, places, relations, notes
    case relatedBy = "related_by"
  }

  init(_ publication: Publication, taxonomy: Taxonomy) {
    key = publication.key
    reference = publication.reference
    type = publication.type.rawValue
    title = publication.title
    authors = publication.authors
    year = publication.year
    month = publication.month
    venue = publication.venue
    volume = publication.volume
    number = publication.number
    pages = publication.pages
    arxiv = publication.arxiv
    categories = publication.sections.compactMap { taxonomy.category(ofSection: $0)?.name }
    places = taxonomy.nodes(ofPublication: publication.key).map(\.pathText)
    relations = publication.relations.map { RelationReport(from: publication.key, $0) }
    relatedBy = taxonomy.relations(to: publication.key).map { RelationReport(from: $0.from, $0.relation) }
    notes = publication.notes
    bibtex = BibTeX.entry(publication)
  }

  /// The report as text.
  var text: String {
    var lines = ["\(key)\(reference.map { "  [\($0)]" } ?? "")", TextWrap.indented(title, indent: 2)]
    lines.append(TextWrap.indented(authors.joined(separator: "; "), indent: 2))
    lines.append(TextWrap.indented((venue.map { "\($0), " } ?? "") + "\(year)", indent: 2))
    if !categories.isEmpty { lines.append("  Table 5.6: \(categories.joined(separator: ", "))") }
    if !places.isEmpty { lines += ["", "In the taxonomy"] + places.map { "  \($0)" } }
    let all = relations + relatedBy
    if !all.isEmpty { lines += ["", "What the source says"] + all.map { TextWrap.indented($0.text, indent: 2) } }
    if !notes.isEmpty { lines += ["", "Where the source disagrees with itself"] + notes.map { TextWrap.indented($0, indent: 2) } }
    lines += ["", "BibTeX"] + bibtex.split(separator: "\n").map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}
