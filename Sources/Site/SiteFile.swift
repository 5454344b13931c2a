/// A file of a site.
public struct SiteFile: Sendable, Equatable {
  /// What a file holds, as HTTP names it.
  public enum Kind: String, Sendable, Equatable {
    /// A page.
    case page = "text/html; charset=utf-8"
    /// The look of pages.
    case style = "text/css; charset=utf-8"
    /// What pages do.
    case script = "text/javascript; charset=utf-8"
    /// Publications for LaTeX.
    case bibliography = "application/x-bibtex; charset=utf-8"
  }

  /// The place below the start page: `models/fp.html`.
  public let path: String
  /// What it holds.
  public let kind: Kind
  /// The contents in UTF-8.
  public let text: String
}
