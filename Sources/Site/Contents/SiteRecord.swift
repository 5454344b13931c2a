/// What the registry knows of one file.
public struct SiteRecord: Sendable, Equatable {
  /// What kind of file it is.
  public enum Kind: String, Sendable, Equatable, CaseIterable {
    /// Rate points of a model or codec on a data set.
    case results
    /// Measured times.
    case timing
    /// Weights of a model.
    case weights
    /// A model card.
    case card
    /// A resolved configuration.
    case configuration
  }

  /// A point with its numbers by name.
  public struct Point: Sendable, Equatable {
    /// The name.
    public var label: String
    /// The numbers.
    public var values: [String: Double]

    /// Creates a point.
    public init(label: String, values: [String: Double]) { (self.label, self.values) = (label, values) }
  }

  /// What it says of something else.
  public struct Reference: Sendable, Equatable {
    /// How the two are related: `identity`, `weights`, `manifest`, `describes`.
    public var relation: String
    /// The other's hash.
    public var target: String
    /// The point that it is about; nil for the whole.
    public var point: String?

    /// Creates a reference.
    public init(relation: String, target: String, point: String? = nil) {
      (self.relation, self.target, self.point) = (relation, target, point)
    }
  }

  /// The SHA-256 of the file.
  public var hash: String
  /// What kind of file it is.
  public var kind: Kind
  /// The name.
  public var name: String
  /// One sentence on what it is.
  public var summary = ""
  /// When it was made, ISO 8601.
  public var date = ""
  /// The class path of the model or codec.
  public var model: String?
  /// The data set.
  public var dataset: String?
  /// The tags.
  public var tags: [String] = []
  /// Where it came from and who made it.
  public var details: [String: String] = [:]
  /// The rate points, or those of a timing.
  public var points: [Point] = []
  /// What it stands in relation to.
  public var references: [Reference] = []
  /// The front matter of a card in its order, keys with values.
  public var frontMatter: [(key: String, value: String)] = []
  /// The Markdown of a card, or the YAML of a configuration; nil where the file is gone.
  public var text: String?

  /// Creates a record.
  public init(hash: String, kind: Kind, name: String) { (self.hash, self.kind, self.name) = (hash, kind, name) }

  /// Whether both are the same in every part.
  public static func == (left: SiteRecord, right: SiteRecord) -> Bool {
    left.hash == right.hash && left.kind == right.kind && left.name == right.name && left.summary == right.summary
      && left.date == right.date && left.model == right.model && left.dataset == right.dataset && left.tags == right.tags
      && left.details == right.details && left.points == right.points && left.references == right.references && left.text == right.text
      && left.frontMatter.elementsEqual(right.frontMatter) { $0 == $1 }
  }

  /// The hashes that it has in a relation.
  func targets(_ relation: String) -> [String] { references.filter { $0.relation == relation }.map(\.target) }
}

/// A curve that others are compared with.
public struct SiteAnchor: Sendable, Equatable {
  /// The name that people read.
  public var name: String
  /// The data set.
  public var dataset: String
  /// The points.
  public var points: [SiteRecord.Point]

  /// Creates an anchor.
  public init(name: String, dataset: String, points: [SiteRecord.Point]) {
    (self.name, self.dataset, self.points) = (name, dataset, points)
  }
}
