import Registry
import Taxonomy

/// All that is known of a part of the taxonomy.
struct TaxonomyNodeReport: Encodable {
  /// A publication in a few words.
  struct Work: Encodable {
    let key: String
    let reference: Int?
    let citation: String
    let title: String
    let year: Int

    init(_ publication: Publication) {
      key = publication.key
      reference = publication.reference
      citation = publication.citation
      title = publication.title
      year = publication.year
    }
  }

  let path: String
  let section: String
  let table: String?
  let heading: String
  let otherNames: [String]
  let summary: String
  let children: [String]
  let inTable: [Work]?
  let namedInText: [Work]
  let relations: [RelationReport]
  let components: [String]
  let notes: [String]

  private enum CodingKeys: String, CodingKey {
    case path, section, table, heading, summary, children, relations, components, notes
    case otherNames = "other_names"
    case inTable = "in_table"
    case namedInText = "named_in_text"
  }

  init(_ node: TaxonomyNode, taxonomy: Taxonomy, catalogue: Catalogue) {
    path = node.pathText
    section = node.section
    let category = taxonomy.category(ofSection: node.section)
    table = node.all.contains { $0.tableRow != nil } ? category?.table : nil
    heading = node.heading.rawValue
    otherNames = node.otherNames
    summary = node.summary
    children = node.children.map(\.name)
    let rows = node.all.contains { $0.tableRow != nil } ? node.publications : nil
    let text = rows == nil || node.isLeaf ? node.namedInText : []
    let described = text.isEmpty && rows == nil ? node.publications : text
    inTable = rows?.compactMap { taxonomy.publication($0).map(Work.init) }
    namedInText = described.compactMap { taxonomy.publication($0).map(Work.init) }
    let keys = Set((rows ?? []) + described)
    relations = taxonomy.publications.filter { keys.contains($0.key) }.flatMap { publication in
      publication.relations.filter { keys.contains($0.of) }.map { RelationReport(from: publication.key, $0) }
    }
    components = Coverage(taxonomy: taxonomy, catalogue: catalogue).components(below: node)
    notes = node.notes
  }

  /// The report as text.
  var text: String {
    var lines = [path, TextWrap.indented(summary, indent: 2)]
    lines.append("  Section \(section)" + (table.map { ", table \($0)" } ?? ""))
    if !otherNames.isEmpty { lines.append("  Also called: \(otherNames.joined(separator: ", "))") }
    if !children.isEmpty { lines.append(TextWrap.indented("Parts: \(children.joined(separator: ", "))", indent: 2)) }
    if let inTable { lines += Self.list("Publications of the table", inTable) }
    let isSame = inTable.map { $0.map(\.key).sorted() == namedInText.map(\.key).sorted() } ?? false
    if !namedInText.isEmpty, !isSame { lines += Self.list("Publications that the text describes", namedInText) }
    if !relations.isEmpty { lines += ["", "What the source says of them"] + relations.map { "  " + $0.text } }
    lines += ["", "Components"] + (components.isEmpty ? ["  none yet"] : components.map { "  \($0)" })
    if !notes.isEmpty { lines += ["", "Where the source disagrees with itself"] + notes.map { TextWrap.indented($0, indent: 2) } }
    return lines.joined(separator: "\n")
  }

  private static func list(_ title: String, _ works: [Work]) -> [String] {
    let width = works.map(\.key.count).max() ?? 0
    return ["", "\(title) (\(works.count))"] + works.map { "  \($0.key.padded(to: width))  \($0.title)" }
  }
}

/// What the source says of two publications.
struct RelationReport: Encodable {
  let from: String
  let kind: String
  let of: String
  let section: String
  let what: String?
  let note: String?

  private let words: String

  private enum CodingKeys: String, CodingKey {
    case from, kind, of, section, what, note
  }

  init(from: String, _ relation: PublicationRelation) {
    self.from = from
    kind = relation.kind.rawValue
    of = relation.of
    section = relation.section
    what = relation.what
    note = relation.note
    words = relation.kind.words
  }

  /// One line: `a extends b: what (5.4.1)`.
  var text: String { "\(from) \(words) \(of)\(what.map { ": \($0)" } ?? "") (\(section))" }
}
