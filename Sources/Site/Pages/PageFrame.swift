import Reporting

/// What stands around the contents of every page, and the links from one page to others.
struct PageFrame {
  let site: Site
  /// The place of the page.
  let path: String
  let title: String

  /// The pages that every page leads to.
  private static let places = [
    ("index.html", "Start"), ("leaderboard.html", "Leaderboard"), ("models.html", "Models"), ("components.html", "Components"),
    ("taxonomy.html", "Taxonomy"), ("papers.html", "Papers"),
  ]

  /// Forbids requests; `file:` lets pages on disk have their style and script in browsers to which every file is a place of its own.
  static let policy =
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'"

  /// What leads back to the start page.
  private var root: String { String(repeating: "../", count: path.count { $0 == "/" }) }

  /// A relative link to a path of the site.
  func link(_ target: String) -> String { root + target }

  /// The page with its contents.
  func file(_ body: HTML, data: (id: String, text: String)? = nil) -> SiteFile {
    let head: [HTML] = [
      .void("meta", ["charset": "utf-8"]), .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .void("meta", ["name": "generator", "content": site.contents.program]),
      .void("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
      .void("link", ["rel": "icon", "href": "data:,"]), .void("link", ["rel": "stylesheet", "href": link("site.css")]),
      .element("script", ["src": link("site.js"), "defer": ""]),
      .element("title", [:], HTML(title == "Benchpresso" ? title : "\(title) – Benchpresso")),
    ]
    // The text of the data ends no element, see ScriptJSON.
    let script = data.map { HTML.element("script", ["type": "application/json", "id": $0.id], .verbatim($0.text)) } ?? .empty
    let page = HTML.element(
      "html", ["lang": "en"], .element("head", [:], head),
      .element(
        "body", [:], .element("a", ["class": "skip", "href": "#main"], HTML("Skip to the contents")), navigation,
        .element("main", ["id": "main", "tabindex": "-1"], body), footer, script))
    return SiteFile(path: path, kind: .page, text: "<!doctype html>\n" + page.markup)
  }

  private var navigation: HTML {
    let section = path.split(separator: "/").first.map(String.init) ?? path
    let items = Self.places.map { place, name in
      let isHere = place == path
      let isAbove = !isHere && place == "\(section).html"
      return HTML.element(
        "li", [:], .inline("a", ["href": link(place), "aria-current": isHere ? "page" : isAbove ? "true" : nil], HTML(name)))
    }
    return .element("header", ["class": "bar"], .element("nav", ["aria-label": "Site"], .element("ul", [:], items)))
  }

  private var footer: HTML {
    let made = site.contents.date.map { ", written \($0.prefix(10))" } ?? ", served live from the registry"
    return .element("footer", [:], .element("p", ["class": "soft"], HTML(site.contents.program + made + ".")))
  }

  /// A link with a text to a path of the site.
  func anchor(_ target: String, _ text: String) -> HTML { .inline("a", ["href": link(target)], HTML(text)) }

  /// A component: its name, which leads to its page where it is one of this program.
  func component(_ classPath: String) -> HTML {
    site.addresses.components[classPath].map { .inline("a", ["href": link($0), "class": "code"], HTML(classPath)) }
      ?? .inline("code", [:], HTML(classPath))
  }

  /// A part of the taxonomy: its name or its path, which leads to its page.
  func node(_ path: String, text: String? = nil) -> HTML {
    site.addresses.nodes[path].map { anchor($0, text ?? path) } ?? HTML(text ?? path)
  }

  /// A publication as texts cite it.
  func paper(_ key: String) -> HTML {
    guard let publication = site.publication(key), let place = site.addresses.papers[key] else { return HTML(key) }
    return anchor(place, "\(publication.citedAuthors) \(publication.year)")
  }

  /// A list of pieces.
  static func list(_ pieces: [HTML], kind: String? = nil) -> HTML {
    .element("ul", ["class": kind], pieces.map { .element("li", [:], $0) })
  }

  /// Pieces with commas between.
  static func commas(_ pieces: [HTML]) -> HTML {
    .joined(pieces.enumerated().map { $0.offset == 0 ? $0.element : HTML(", ") + $0.element })
  }

  /// Names with what belongs to them.
  static func facts(_ entries: [(String, HTML)]) -> HTML {
    .element("dl", [:], entries.flatMap { [HTML.element("dt", [:], HTML($0.0)), HTML.element("dd", [:], $0.1)] })
  }

  /// A section with a heading.
  static func section(_ title: String, id: String? = nil, _ pieces: HTML...) -> HTML {
    .element("section", ["id": id], [HTML.element("h2", [:], HTML(title))] + pieces)
  }

  /// A paragraph of text.
  static func paragraph(_ text: String, kind: String? = nil) -> HTML { .element("p", ["class": kind], HTML(text)) }
}

extension Site {
  /// The publication with a key; nil where there is none.
  func publication(_ key: String) -> SitePublication? { contents.publications.first { $0.key == key } }
}
