/// What the registry knows of one file.
///
/// The file is known by its contents: the same results at two places are one record.
public struct Record: Sendable, Equatable, Codable {
  /// The SHA-256 of the file in lower-case hexadecimal.
  public var hash: String
  /// What kind of file it is.
  public var kind: RecordKind
  /// The name, for people: a curve's, a model's, a card's.
  public var name: String
  /// One sentence on what it is.
  public var summary: String
  /// The size in bytes.
  public var size: Int
  /// When it was made, ISO 8601; the day alone where no more is known, empty where nothing is.
  public var date: String
  /// The model's or codec's class path; nil where there is none, or are several.
  public var model: String?
  /// The data set that was measured.
  public var dataset: String?
  /// Where it came from and who made it, by names such as `cpu_model`, `git_commit` and `licence`.
  public var details: [String: String]
  /// The rate points, or the points of a timing.
  public var points: [RecordPoint]
  /// The other things that it stands in relation to.
  public var references: [RecordReference]
  /// What words lead to it, beside the other fields.
  public var words: String

  /// Creates a record.
  public init(
    hash: String, kind: RecordKind, name: String, summary: String = "", size: Int, date: String = "", model: String? = nil,
    dataset: String? = nil, details: [String: String] = [:], points: [RecordPoint] = [], references: [RecordReference] = [],
    words: String = ""
  ) {
    (self.hash, self.kind, self.name, self.summary, self.size, self.date) = (hash, kind, name, summary, size, date)
    (self.model, self.dataset, self.details, self.points) = (model, dataset, details, points)
    (self.references, self.words) = (references, words)
  }
}

/// A point of results or of a timing, with its numbers by name.
public struct RecordPoint: Sendable, Equatable, Codable {
  /// The point's name in its file: `lambda 0.013`.
  public var label: String
  /// The numbers: `bpp`, `psnr`, `lambda`, `encoding_time`, …; rates in bits per pixel, times in seconds, memory in bytes.
  public var values: [String: Double]

  /// Creates a point.
  public init(label: String, values: [String: Double]) {
    (self.label, self.values) = (label, values)
  }
}

/// What a record says of something else that is known by a hash.
public struct RecordReference: Sendable, Equatable, Codable, Hashable {
  /// How the two are related.
  public enum Relation: String, Sendable, Codable, CaseIterable {
    /// The record is this: the hash of the tensors in a weights file, whatever file they came in.
    case identity
    /// Its numbers were measured with these weights (hash of the tensors).
    case weights
    /// Its pictures are those of this manifest.
    case manifest
    /// It describes this file.
    case describes
  }

  /// How the two are related.
  public var relation: Relation
  /// The other's hash, 64 hexadecimal digits.
  public var target: String
  /// The point that it is about; nil for the whole.
  public var point: String?

  /// Creates a reference.
  public init(_ relation: Relation, _ target: String, point: String? = nil) {
    (self.relation, self.target, self.point) = (relation, target, point)
  }
}
