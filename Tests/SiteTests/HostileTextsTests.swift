import Testing

@testable import Site

/// Texts of strangers stay texts.
struct HostileTextsTests {
  /// All attributes that pages have.
  private static let attributes: Set<String> = [
    "aria-current", "aria-hidden", "aria-label", "aria-live", "autocomplete", "charset", "class", "content", "data-board",
    "data-categories",
    "data-close", "data-count", "data-filter", "data-open", "data-paper", "data-text", "data-v", "data-year", "defer", "href", "http-equiv",
    "id",
    "lang", "name", "open", "placeholder", "rel", "role", "scope", "spellcheck", "src", "tabindex", "title", "type", "value",
    // Drawings.
    "cx", "cy", "fill", "fill-opacity", "font-family", "font-size", "font-weight", "height", "points", "r", "stroke", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "xmlns", "y",
    "y1", "y2",
  ]
  private static let elements: Set<String> = [
    "a", "article", "b", "blockquote", "body", "button", "caption", "circle", "code", "dd", "details", "div", "dl", "dt", "em", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "head", "header", "html", "input", "label", "li", "line", "link", "main", "meta", "nav",
    "noscript", "ol", "option", "output", "p", "polygon", "polyline", "pre", "rect", "script", "section", "select", "span", "strong",
    "summary",
    "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
  ]

  @Test(arguments: Sample.hostile) func nothingOfTheirsIsMarkup(text: String) throws {
    var contents = Sample.contents(text)
    contents.records.append(Sample.card(text, about: Sample.hash(1001), text: text))
    contents.records[0].dataset = text
    contents.records[0].model = text
    contents.records[0].points[0].label = text
    contents.records[0].details["cpu_model"] = text
    contents.records[0].points[0].values[text] = 1
    contents.anchors[0].name = text
    let site = Site(contents)
    for path in site.paths {
      let file = try #require(site.file(path))
      #expect(!path.contains("..") && !path.hasPrefix("/") && path.utf8.allSatisfy { $0 > 32 && $0 < 127 }, "\(path)")
      guard file.kind == .page else { continue }
      let tags = Tags(file.text).all
      #expect(Set(tags.map(\.name)).isSubset(of: Self.elements), "\(path): \(Set(tags.map(\.name)).subtracting(Self.elements))")
      let names = Set(tags.flatMap(\.attributes.keys))
      #expect(names.isSubset(of: Self.attributes), "\(path): \(names.subtracting(Self.attributes))")
      #expect(tags.count { $0.name == "script" } == (path == "leaderboard.html" ? 2 : 1), "\(path)")
      #expect(tags.count { $0.name == "title" } == 1 && tags.count { $0.name == "body" } == 1, "\(path)")
      for tag in tags {
        let target = tag.attributes["href"] ?? ""
        #expect(!target.contains(":") || target == "data:," || target.hasPrefix("https://"), "\(path): \(target)")
      }
      #expect(!file.text.unicodeScalars.contains { $0.value == 0 || $0.value == 27 }, "\(path)")
    }
  }

  @Test func everyPageForbidsRequests() throws {
    let site = Site(Sample.contents())
    for path in site.paths {
      let file = try #require(site.file(path))
      guard file.kind == .page else { continue }
      #expect(file.text.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;;"), "\(path)")
      #expect(!file.text.contains("style=\""), "\(path)")
    }
  }
}
