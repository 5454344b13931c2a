/// A part of the taxonomy.
public struct SiteNode: Sendable, Equatable {
  /// The names from the category down to this part.
  public var path: [String]
  /// The section of the source that describes it.
  public var section: String
  /// The table of the source that lists its publications; nil where none does.
  public var table: String?
  /// Other names.
  public var otherNames: [String] = []
  /// What it is, in one sentence.
  public var summary: String
  /// The keys of the publications that the table lists.
  public var listed: [String] = []
  /// The keys of the publications that only the text describes.
  public var described: [String] = []
  /// What the source says of these publications and each other.
  public var relations: [SiteRelation] = []
  /// Where the source disagrees with itself.
  public var notes: [String] = []
  /// The class paths of the components that name exactly this part.
  public var components: [String] = []
  /// The number of publications here and below.
  public var publicationCount = 0
  /// The parts.
  public var children: [SiteNode] = []

  /// Creates a part without publications.
  public init(path: [String], section: String, summary: String) { (self.path, self.section, self.summary) = (path, section, summary) }

  /// The last name of the path.
  var name: String { path.last ?? "" }
  /// The path as components write it.
  var pathText: String { path.joined(separator: "/") }
  /// The part and everything below it, each before its parts.
  var all: [SiteNode] { [self] + children.flatMap(\.all) }
  /// The parts below that have no parts.
  var leaves: [SiteNode] { all.filter(\.children.isEmpty) }
  /// The leaves for which there is a component.
  var covered: [SiteNode] { leaves.filter { !$0.components.isEmpty } }
  /// The class paths of the components here and below, each once.
  var componentsBelow: [String] { Set(all.flatMap(\.components)).sorted() }
}

/// What the source says of two publications.
public struct SiteRelation: Sendable, Equatable {
  /// The key of the one that does something.
  public var from: String
  /// What it does, in words: `extends`.
  public var words: String
  /// The key of the other.
  public var of: String
  /// What it is about.
  public var what: String?
  /// The section that says so.
  public var section: String
  /// What is doubtful about it.
  public var note: String?

  /// Creates a relation.
  public init(from: String, words: String, of: String, what: String?, section: String, note: String?) {
    (self.from, self.words, self.of, self.what, self.section, self.note) = (from, words, of, what, section, note)
  }
}
