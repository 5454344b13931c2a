/// Everything that a site shows, as plain values.
public struct SiteContents: Sendable {
  /// The program and its version.
  public var program: String
  /// When the site was written, ISO 8601; nil for one that is served and always new.
  public var date: String?
  /// The categories of the taxonomy.
  public var taxonomy: [SiteNode] = []
  /// What the taxonomy is of, with its author, in one sentence.
  public var taxonomySource = ""
  /// The components that the program has.
  public var components: [SiteComponent] = []
  /// The publications of the taxonomy.
  public var publications: [SitePublication] = []
  /// How many publications there are in each year.
  public var trends = SiteTrends()
  /// What the registry has.
  public var records: [SiteRecord] = []
  /// Curves that those of the registry are compared with, at most one for each data set.
  public var anchors: [SiteAnchor] = []

  /// Creates contents without any part.
  public init(program: String, date: String? = nil) { (self.program, self.date) = (program, date) }
}
