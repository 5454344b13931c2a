import Reporting

/// The tree of the taxonomy.
struct TaxonomyPage {
  let site: Site

  init(_ site: Site) { self.site = site }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: "taxonomy.html", title: "Taxonomy")
    let leaves = site.contents.taxonomy.flatMap(\.leaves)
    let covered = leaves.count { !$0.components.isEmpty }
    let controls = HTML.element(
      "div", ["class": "controls screen"], .element("button", ["type": "button", "data-open": "#tree"], HTML("Open all")),
      .element("button", ["type": "button", "data-close": "#tree"], HTML("Close all")))
    return frame.file(
      .element("h1", [:], HTML("Taxonomy")) + PageFrame.paragraph(site.contents.taxonomySource, kind: "soft")
        + PageFrame.paragraph(
          "\(site.contents.publications.count) publications. \(covered) of \(leaves.count) leaves have components here (●); of the others (○) nothing can be run yet."
        ) + controls
        + .element("div", ["id": "tree"], site.contents.taxonomy.map { item($0, frame, isOpen: true, isTop: true) }))
  }

  private func item(_ node: SiteNode, _ frame: PageFrame, isOpen: Bool, isTop: Bool) -> HTML {
    let name = frame.node(node.pathText, text: node.name)
    let papers = node.publicationCount
    var count = "\(papers) \(papers == 1 ? "publication" : "publications")"
    guard !node.children.isEmpty else {
      let components = node.components
      let mark = HTML.inline(
        "span", ["aria-hidden": "true", "class": components.isEmpty ? "mark none" : "mark"], HTML(components.isEmpty ? "○ " : "● "))
      let names = components.isEmpty ? HTML("no component yet") : PageFrame.commas(components.map { frame.component($0) })
      return .element(
        "div", ["class": "leaf"], mark, name, .inline("span", ["class": "soft"], HTML(" · \(count) · "), names))
    }
    count += " · \(node.covered.count) of \(node.leaves.count) leaves"
    return .element(
      "details", ["class": isTop ? "branch top" : "branch", "open": isOpen ? "" : nil],
      .element("summary", [:], name, .inline("span", ["class": "soft"], HTML(" · " + count))),
      .element("div", ["class": "below"], node.children.map { item($0, frame, isOpen: false, isTop: false) }))
  }
}
