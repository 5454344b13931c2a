import CSite
import Reporting

/// A site: its files, each made when it is asked for.
///
/// Every text is escaped where it becomes markup (`HTML`), links are relative, and nothing is fetched from elsewhere.
public struct Site: Sendable {
  let contents: SiteContents
  let addresses: SiteAddresses
  let groups: [ModelGroup]

  /// Lays out a site.
  public init(_ contents: SiteContents) {
    self.contents = contents
    groups = ModelGroup.all(contents.records)
    addresses = SiteAddresses(contents, groups)
  }

  /// The paths of all files.
  public var paths: [String] {
    [
      "index.html", "leaderboard.html", "models.html", "components.html", "taxonomy.html", "papers.html", "papers.bib", "site.css",
      "site.js",
    ] + addresses.pages.keys.sorted()
  }

  /// Makes the file at a path; nil where the site has none.
  public func file(_ path: String) -> SiteFile? {
    switch path {
    case "index.html": return StartPage(self).file
    case "leaderboard.html": return LeaderboardPage(self).file
    case "models.html": return ModelsPage(self).file
    case "components.html": return ComponentsPage(self).file
    case "taxonomy.html": return TaxonomyPage(self).file
    case "papers.html": return PapersPage(self).file
    case "papers.bib": return SiteFile(path: path, kind: .bibliography, text: contents.publications.map(\.bibtex).joined(separator: "\n"))
    case "site.css": return SiteFile(path: path, kind: .style, text: Self.style)
    case "site.js": return SiteFile(path: path, kind: .script, text: Self.text(bp_site_script()))
    default: break
    }
    switch addresses.pages[path] {
    case .node(let node): return NodePage(self, node).file
    case .component(let component): return ComponentPage(self, component).file
    case .model(let index): return ModelPage(self, groups[index]).file
    case nil: return nil
    }
  }

  /// The page that says that there is nothing at a path, for a server.
  ///
  /// - Parameter path: What was asked for; its slashes tell how far away the start page is.
  public func missing(_ path: String) -> SiteFile { MissingPage(self, path).file }

  /// The colours of curves come before the style, which changes them in the dark.
  private static var style: String {
    ":root { " + PlotStyle.colours.enumerated().map { "--curve-\($0.offset): \($0.element);" }.joined(separator: " ") + " }\n"
      + text(bp_site_style())
  }

  private static func text(_ text: bp_site_text) -> String {
    String(decoding: UnsafeBufferPointer(start: text.bytes, count: text.size), as: UTF8.self)
  }
}
