import Reporting

/// All that is known of a component.
struct ComponentPage {
  let site: Site
  let component: SiteComponent

  init(_ site: Site, _ component: SiteComponent) { (self.site, self.component) = (site, component) }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: site.addresses.components[component.classPath] ?? "", title: component.classPath)
    var body =
      HTML.element("h1", [:], .inline("code", [:], HTML(component.classPath))) + PageFrame.paragraph(component.summary, kind: "lead")
    body = body + PageFrame.facts(facts(frame)) + PageFrame.section("Settings", id: "settings", settings)
    body =
      body + PageFrame.section("Example", id: "example", .element("pre", ["tabindex": "0"], .inline("code", [:], HTML(component.example))))
    let groups = site.groups.filter { $0.model == component.classPath }
    if !groups.isEmpty {
      let links = groups.prefix(Self.most).map { group in
        (site.addresses.models[group.id].map { frame.anchor($0, group.name) } ?? HTML(group.name))
          + HTML(group.datasets.isEmpty ? "" : " on \(group.datasets.joined(separator: ", "))")
      }
      let more =
        groups.count > Self.most ? PageFrame.paragraph("And \(groups.count - Self.most) more among the models.", kind: "soft") : .empty
      body = body + PageFrame.section("In the registry", id: "registry", PageFrame.list(Array(links)), more)
    }
    return frame.file(body)
  }

  /// How many models of the registry are named.
  private static let most = 50

  private func facts(_ frame: PageFrame) -> [(String, HTML)] {
    var facts = [("Kind", HTML(component.kind))]
    if let equation = component.equation { facts.append(("Equation", .inline("code", [:], HTML(equation)))) }
    if let paper = component.paper {
      let link = component.paperKey.flatMap { site.addresses.papers[$0] }
      facts.append(("Paper", link.map { frame.anchor($0, paper) } ?? HTML(paper)))
    }
    if !component.leaves.isEmpty { facts.append(("Taxonomy", .joined(component.leaves.map { .element("div", [:], frame.node($0)) }))) }
    if let outside = component.outside { facts.append(("Taxonomy", HTML("none (\(outside))"))) }
    if let cost = component.cost { facts.append(("Cost", HTML(cost))) }
    if !component.aliases.isEmpty {
      facts.append(("Also called", PageFrame.commas(component.aliases.map { .inline("code", [:], HTML($0)) })))
    }
    return facts
  }

  private var settings: HTML {
    guard !component.settings.isEmpty else { return PageFrame.paragraph("It has none.") }
    return DataTable(
      caption: "Settings under init_args",
      columns: [
        .init(title: "key", isText: true), .init(title: "type", isText: true), .init(title: "default", isText: true),
        .init(title: "meaning", isText: true),
      ],
      rows: component.settings.map { setting in
        .init(
          cells: [
            .init(.inline("code", [:], HTML(setting.key))), .init(HTML(setting.type), isLong: true),
            .init(.inline("code", [:], HTML(setting.defaultValue)), isLong: true), .init(HTML(setting.documentation), isLong: true),
          ], id: "setting-" + SiteAddresses.word(setting.key, longest: 80, keeps: ".", "_"))
      }, isSortable: false
    ).html
  }
}
