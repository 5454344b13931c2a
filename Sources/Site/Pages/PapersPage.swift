import Reporting

/// The publications of the taxonomy.
struct PapersPage {
  let site: Site

  init(_ site: Site) { self.site = site }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: "papers.html", title: "Papers")
    return frame.file(
      .element("h1", [:], HTML("Papers"))
        + .element(
          "p", [:], HTML("The publications of the taxonomy. "), frame.anchor("papers.bib", "All of them as BibTeX"), HTML("."))
        + controls + table(frame) + trends)
  }

  private var controls: HTML {
    func select(_ label: String, _ key: String, _ values: [String], all: String) -> HTML {
      let options = [HTML.element("option", ["value": ""], HTML(all))] + values.map { .element("option", ["value": $0], HTML($0)) }
      return .element("label", [:], HTML(label + " "), .element("select", ["data-paper": key], options))
    }
    let years = Set(site.contents.publications.map(\.year)).sorted(by: >).map { "\($0)" }
    return .element(
      "div", ["class": "controls screen", "id": "paper-controls"],
      .element("label", [:], HTML("Find "), .void("input", ["type": "search", "data-paper": "text", "autocomplete": "off"])),
      select("Category", "category", site.contents.trends.rows.map(\.category), all: "all"),
      select("From", "from", years.reversed(), all: "first"),
      select("to", "to", years, all: "last"),
      .inline(
        "output", ["class": "soft", "id": "paper-count", "aria-live": "polite"], HTML("\(site.contents.publications.count) publications")))
  }

  private func table(_ frame: PageFrame) -> HTML {
    let publications = site.contents.publications.sorted { (-$0.year, $0.key) < (-$1.year, $1.key) }
    return DataTable(
      caption: "Publications",
      columns: [
        .init(title: "year"), .init(title: "authors", isText: true), .init(title: "title", isText: true),
        .init(title: "categories", isText: true),
      ],
      rows: publications.map { row($0, frame) }, id: "papers"
    ).html
  }

  private func row(_ publication: SitePublication, _ frame: PageFrame) -> DataTable.Row {
    let text = ([publication.title, publication.key, publication.venue ?? ""] + publication.authors).joined(separator: " ")
    return DataTable.Row(
      cells: [
        .init(HTML("\(publication.year)"), sortedBy: "\(publication.year)"), .init(HTML(publication.citedAuthors), isLong: true),
        .init(title(publication, frame), sortedBy: publication.title, isLong: true),
        .init(HTML(publication.categories.joined(separator: ", ")), isLong: true),
      ], id: SiteAddresses.anchor(publication.key),
      data: [("text", text), ("year", "\(publication.year)"), ("categories", publication.categories.joined(separator: "|"))])
  }

  private func title(_ publication: SitePublication, _ frame: PageFrame) -> HTML {
    var facts = [("Authors", HTML(publication.authors.joined(separator: "; ")))]
    if let venue = publication.venue { facts.append(("Venue", HTML(venue))) }
    if let arxiv = publication.arxiv { facts.append(("arXiv", HTML(arxiv))) }
    if let reference = publication.reference { facts.append(("Number in the source", HTML("\(reference)"))) }
    if !publication.places.isEmpty {
      facts.append(("In the taxonomy", .joined(publication.places.map { .element("div", [:], frame.node($0)) })))
    }
    let components = site.contents.components.filter { $0.paperKey == publication.key }.map(\.classPath)
    if !components.isEmpty { facts.append(("Components", PageFrame.commas(components.map { frame.component($0) }))) }
    if !publication.relations.isEmpty {
      facts.append(("What the source says", .joined(publication.relations.map { .element("div", [:], frame.relation($0)) })))
    }
    if !publication.notes.isEmpty {
      facts.append(("Where it disagrees with itself", .joined(publication.notes.map { .element("div", [:], HTML($0)) })))
    }
    return .element(
      "details", [:], .element("summary", [:], HTML(publication.title)), PageFrame.facts(facts),
      .element("pre", ["tabindex": "0", "aria-label": "BibTeX of \(publication.key)"], .inline("code", [:], HTML(publication.bibtex))))
  }

  private var trends: HTML {
    let trends = site.contents.trends
    guard !trends.years.isEmpty else { return .empty }
    let columns = StackedColumns(
      title: "Publications by category", groupLabel: "year", countLabel: "publications, once in each of their categories",
      groups: trends.years.map { "\($0)" }, series: trends.rows.map { .init(name: $0.category, counts: $0.counts) })
    var table = TextTable([.init("category", .left)] + trends.years.map { .init("\($0)") } + [.init("all")])
    for (category, counts) in trends.rows + [("publications", trends.publications)] {
      table.append([category] + (counts + [counts.reduce(0, +)]).map { "\($0)" })
    }
    let claims =
      trends.claims.isEmpty
      ? HTML.empty
      : .element("h3", [:], HTML("What the source claims, and what was counted")) + PageFrame.list(trends.claims.map { HTML($0) })
    return PageFrame.section(
      "Trends", id: "trends", Figure.html(columns.svg(), label: "Publications by category and year; the table below has the numbers"),
      .table(table, caption: "Publications by category and year"), claims)
  }
}
