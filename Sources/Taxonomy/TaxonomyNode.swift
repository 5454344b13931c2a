/// A category of the taxonomy, or one of its parts.
public struct TaxonomyNode: Sendable, Equatable {
  /// How the source marks the beginning of a part.
  public enum Heading: String, Sendable, Decodable, CaseIterable {
    /// A heading with a number.
    case numbered
    /// A heading without one.
    case unnumbered
    /// A term at the beginning of a paragraph.
    case runIn = "run-in"
  }

  /// The names from the category down to this node.
  public let path: [String]
  /// The section of the source that describes it.
  public let section: String
  /// The table of the source that lists the publications of the category; nil below categories.
  public let table: String?
  /// How the source marks its beginning.
  public let heading: Heading
  /// Other names, such as that of the table where it is not that of the heading.
  public let otherNames: [String]
  /// What it is, in one sentence.
  public let summary: String
  /// The keys of the publications in the row that the table has for it, in the table's order; nil where the table has none.
  public let tableRow: [String]?
  /// The keys of the publications that the text describes here.
  public let namedInText: [String]
  /// Where the source disagrees with itself.
  public let notes: [String]
  /// The parts.
  public let children: [TaxonomyNode]

  /// The last name of the path.
  public var name: String { path.last ?? "" }
  /// The path as components write it, with a slash between names.
  public var pathText: String { path.joined(separator: "/") }
  /// Whether it has no parts.
  public var isLeaf: Bool { children.isEmpty }

  /// The node and everything below it, each before its parts.
  public var all: [TaxonomyNode] { [self] + children.flatMap(\.all) }

  /// The leaves below the node; the node itself where it is one.
  public var leaves: [TaxonomyNode] { all.filter(\.isLeaf) }

  /// The keys of its publications, each once: those of the table's rows here and below; where there are none, those of the text.
  public var publications: [String] {
    let rows = all.flatMap { $0.tableRow ?? [] }
    return (rows.isEmpty ? all.flatMap(\.namedInText) : rows).withoutRepetitions
  }

  /// The keys of publications that the text describes here or below although no row of the table here or below lists them.
  public var namedInTextAlone: [String] {
    let listed = Set(publications)
    return all.flatMap(\.namedInText).filter { !listed.contains($0) }.withoutRepetitions
  }
}

extension Array where Element: Hashable {
  /// The elements in their order, each once.
  var withoutRepetitions: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
