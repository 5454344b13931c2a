import Testing

@testable import Site

/// Every link within a site leads somewhere, and nothing leads out of it by itself.
struct SiteLinksTests {
  static let contents =
    [
      SiteContents(program: "empty"), Sample.contents(), Sample.contents("Ünusual näme / with #parts?"), Sample.large(120),
    ] + Sample.hostile.map { Sample.contents($0) }

  @Test(arguments: contents.indices) func everyLinkHasATarget(number: Int) throws {
    let site = Site(Self.contents[number])
    var identifiers: [String: [String]] = [:]
    var links: [(page: String, target: String)] = []
    for path in site.paths {
      let file = try #require(site.file(path), "\(path)")
      #expect(file.path == path)
      guard file.kind == .page else { continue }
      let tags = Tags(file.text).all
      identifiers[path] = tags.compactMap { $0.attributes["id"] }
      links += tags.flatMap { tag in ["href", "src"].compactMap { tag.attributes[$0] } }.map { (path, $0) }
      #expect(Set(identifiers[path] ?? []).count == identifiers[path]?.count, "identifiers of \(path) are there twice")
    }
    let paths = Set(site.paths)
    #expect(links.count > 50)
    for (page, target) in links where !target.hasPrefix("https://example.org/") && target != "data:," {
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let place = parts[0].isEmpty ? page : Self.resolved(parts[0], from: page)
      #expect(paths.contains(place), "\(page) leads to \(target)")
      if parts.count == 2 { #expect(identifiers[place]?.contains(parts[1]) ?? false, "\(page) leads to \(target)") }
    }
  }

  private static func resolved(_ link: String, from page: String) -> String {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/", omittingEmptySubsequences: false) {
      if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  @Test func thePageForNothingLeadsBackFromAnyDepth() {
    let site = Site(Sample.contents())
    #expect(site.missing("a/b/c").text.contains("href=\"../../index.html\"") && site.missing("a").text.contains("href=\"index.html\""))
    #expect(site.file("a") == nil && site.file("") == nil && site.file("../site.css") == nil)
  }
}
