import Reporting

/// All models of the registry.
struct ModelsPage {
  let site: Site

  init(_ site: Site) { self.site = site }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: "models.html", title: "Models")
    let head = HTML.element("h1", [:], HTML("Models"))
    guard !site.groups.isEmpty else {
      return frame.file(head + PageFrame.paragraph("There are no models in the registry yet.") + StartPage.howToFill)
    }
    let rows = site.groups.map { group in
      DataTable.Row(
        cells: [
          .init(site.addresses.models[group.id].map { frame.anchor($0, group.name) } ?? HTML(group.name), sortedBy: group.name),
          .init(group.model.map { frame.component($0) } ?? HTML("–"), sortedBy: group.model ?? ""),
          .init(HTML(group.datasets.joined(separator: ", ")), isLong: true), .init(group.results.count), .init(group.weights.count),
          .init(group.cards.count),
        ], data: [("text", ([group.name, group.model ?? ""] + group.datasets + group.records.flatMap(\.tags)).joined(separator: " "))])
    }
    let table = DataTable(
      caption: "Models and codecs of the registry",
      columns: [
        .init(title: "name", isText: true), .init(title: "class", isText: true), .init(title: "data", isText: true),
        .init(title: "results"),
        .init(title: "weights"), .init(title: "cards"),
      ], rows: rows, id: "models")
    return frame.file(
      head
        + PageFrame.paragraph(
          "Curves of one name and class, with the weights behind them, what cards say of them and where they come from.")
        + FilterField.html(for: "models", label: "Find", count: rows.count) + table.html)
  }
}
