import Reporting

/// All components, by kind.
struct ComponentsPage {
  let site: Site

  init(_ site: Site) { self.site = site }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: "components.html", title: "Components")
    let components = site.contents.components
    let rows = components.sorted { ($0.kind, $0.classPath) < ($1.kind, $1.classPath) }.map { component in
      DataTable.Row(
        cells: [
          .init(frame.component(component.classPath), sortedBy: component.classPath), .init(component.kind),
          .init(HTML(component.summary), isLong: true),
          .init(
            component.leaves.isEmpty
              ? HTML("–") : PageFrame.commas(component.leaves.map { frame.node($0, text: $0.split(separator: "/").last.map(String.init)) }),
            isLong: true),
          .init(component.settings.count),
        ],
        data: [
          (
            "text",
            ([component.classPath, component.summary, component.kind] + component.aliases + component.leaves).joined(separator: " ")
          )
        ])
    }
    let table = DataTable(
      caption: "Components",
      columns: [
        .init(title: "class path", isText: true), .init(title: "kind", isText: true), .init(title: "what it is", isText: true),
        .init(title: "taxonomy", isText: true), .init(title: "settings"),
      ], rows: rows, id: "components")
    return frame.file(
      .element("h1", [:], HTML("Components"))
        + PageFrame.paragraph("What configurations are made of. Each page has the settings with their defaults, the paper and an example.")
        + FilterField.html(for: "components", label: "Find", count: rows.count) + table.html)
  }
}

/// A field that hides the rows of a table without the words typed.
enum FilterField {
  static func html(for table: String, label: String, count: Int) -> HTML {
    .element(
      "div", ["class": "controls screen"],
      .element("label", [:], HTML(label + " "), .void("input", ["type": "search", "data-filter": table, "autocomplete": "off"])),
      .inline("output", ["class": "soft", "data-count": table, "aria-live": "polite"], HTML("\(count) of \(count)")))
  }
}
