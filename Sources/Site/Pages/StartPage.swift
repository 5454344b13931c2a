import Reporting

/// The page where everything begins.
struct StartPage {
  let site: Site

  init(_ site: Site) { self.site = site }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: "index.html", title: "Benchpresso")
    let contents = site.contents
    let leaves = contents.taxonomy.flatMap(\.leaves)
    let results = contents.records.filter { $0.kind == .results }
    let counts = [
      ("leaderboard.html", results.count, "results", "rate, quality and BD-rate, to filter and sort"),
      ("models.html", site.groups.count, "models", "curves, weights, cards and where the numbers come from"),
      ("components.html", contents.components.count, "components", "what configurations are made of, with settings and defaults"),
      ("papers.html", contents.publications.count, "publications", "by category and year, with BibTeX"),
      (
        "taxonomy.html", leaves.count, "leaves of the taxonomy",
        "\(leaves.count { !$0.components.isEmpty }) of them have components here"
      ),
    ].map { place, count, what, words in
      HTML.element(
        "li", [:], .element("a", ["href": place], .inline("b", [:], HTML(NumberText.grouped(count))), HTML(" " + what)),
        .inline("span", ["class": "soft"], HTML(words)))
    }
    return frame.file(
      .element("h1", [:], HTML("Benchpresso"))
        + PageFrame.paragraph(
          "Learned image compression: what has been measured, with which models, made of which components, after which papers.",
          kind: "lead")
        + .element("ul", ["class": "tiles"], counts) + (contents.records.isEmpty ? Self.howToFill : recent(frame, results)))
  }

  /// What to do where nothing has been registered.
  static var howToFill: HTML {
    PageFrame.section(
      "The registry is empty", id: "fill",
      PageFrame.paragraph(
        "Results, weights, cards and configurations come from the local registry, and it has none yet. These commands fill it; the site that is built or loaded afterwards shows them."
      ),
      .element(
        "pre", [:],
        .inline(
          "code", [:],
          HTML(
            """
            benchpresso quickstart --output runs/quickstart    # test the shipped models on the shipped photographs
            benchpresso registry add runs weights              # put results and weights into the registry
            benchpresso site build -o site                     # write the site anew
            """))),
      PageFrame.paragraph("Components, taxonomy and papers do not depend on the registry.", kind: "soft"))
  }

  private func recent(_ frame: PageFrame, _ results: [SiteRecord]) -> HTML {
    let newest = results.sorted { ($0.date, $0.hash) > ($1.date, $1.hash) }.prefix(8)
    guard !newest.isEmpty else { return .empty }
    let rows = newest.map { record in
      DataTable.Row(cells: [
        .init(frame.record(record), sortedBy: record.name),
        .init(record.model.map { frame.component($0) } ?? HTML("–"), sortedBy: record.model),
        .init(record.dataset ?? "–"), .init(record.points.count), .init(String(record.date.prefix(10))),
      ])
    }
    let table = DataTable(
      caption: "Results that were measured last",
      columns: [
        .init(title: "name", isText: true), .init(title: "class", isText: true), .init(title: "data", isText: true), .init(title: "points"),
        .init(title: "date", isText: true),
      ], rows: rows, isSortable: false)
    return PageFrame.section("Newest results", table.html, .element("p", [:], frame.anchor("leaderboard.html", "All results")))
  }
}

extension PageFrame {
  /// A record: its name, which leads to where it is shown.
  func record(_ record: SiteRecord) -> HTML {
    site.addresses.records[record.hash].map { anchor($0, record.name) } ?? HTML(record.name)
  }
}
