/// A publication: what a list of references says of it, and where the taxonomy's source places it.
public struct Publication: Sendable, Equatable {
  /// What kind of work it is, in BibTeX's words.
  public enum WorkType: String, Sendable, Decodable, CaseIterable {
    /// A paper in a journal.
    case article
    /// A paper at a conference.
    case inproceedings
    /// Anything else, such as a paper whose place of publication the source does not tell.
    case misc
  }

  /// The name by which components and commands refer to it: `balle2018variational`.
  public let key: String
  /// Its number in the bibliography of the source; nil where that does not list it.
  public let reference: Int?
  /// What kind of work it is.
  public let type: WorkType
  /// The title.
  public let title: String
  /// The authors, each as `Family, Given`.
  public let authors: [String]
  /// The year that the source gives.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int?
  /// The journal or the proceedings.
  public let venue: String?
  /// The volume.
  public let volume: String?
  /// The number within the volume.
  public let number: String?
  /// The pages, with an en dash.
  public let pages: String?
  /// Who published the proceedings.
  public let publisher: String?
  /// The identifier at arXiv.
  public let arxiv: String?
  /// The sections that table 5.6 places it in, each that of a category: `5.4`.
  public let sections: [String]
  /// What the source says of it and earlier works.
  public let relations: [PublicationRelation]
  /// Where the source disagrees with itself about it.
  public let notes: [String]

  /// The family names as texts cite them: `Ziv`, `Agustsson and Theis`, or `Ballé et al.` for more.
  public var citedAuthors: String {
    let names = authors.map { String($0.prefix { $0 != "," }) }
    return names.count > 2 ? "\(names[0]) et al." : names.joined(separator: " and ")
  }

  /// Authors and year as texts cite them: `Ballé et al. 2018`.
  public var citation: String { "\(citedAuthors) \(year)" }
}

/// What the source says of a publication and an earlier one.
public struct PublicationRelation: Sendable, Equatable, Decodable {
  /// How they are related.
  public enum Kind: String, Sendable, Decodable, CaseIterable {
    /// It goes on from the other.
    case extends
    /// It puts something in the place of a part of the other.
    case replaces
    /// It overcomes what the other cannot do.
    case addressesLimitOf = "addresses-limit-of"
    /// It takes over a part of the other.
    case uses

    /// The words between the two: `addresses a limit of`.
    public var words: String {
      switch self {
      case .extends: "extends"
      case .replaces: "replaces a part of"
      case .addressesLimitOf: "addresses a limit of"
      case .uses: "uses a part of"
      }
    }
  }

  /// How they are related.
  public let kind: Kind
  /// The key of the other publication.
  public let of: String
  /// The section of the source that says so.
  public let section: String
  /// What it is about, in a few words.
  public let what: String?
  /// What is doubtful about it.
  public let note: String?
}
