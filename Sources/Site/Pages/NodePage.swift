import Reporting

/// A part of the taxonomy.
struct NodePage {
  let site: Site
  let node: SiteNode

  init(_ site: Site, _ node: SiteNode) { (self.site, self.node) = (site, node) }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: site.addresses.nodes[node.pathText] ?? "", title: node.name)
    var body = path(frame) + .element("h1", [:], HTML(node.name)) + PageFrame.paragraph(node.summary, kind: "lead")
    var facts = [("Section", HTML(node.section + (node.table.map { ", table \($0)" } ?? "")))]
    if !node.otherNames.isEmpty { facts.append(("Also called", HTML(node.otherNames.joined(separator: ", ")))) }
    facts.append(
      (
        "Coverage",
        HTML("\(node.covered.count) of \(node.leaves.count) \(node.leaves.count == 1 ? "leaf has" : "leaves have") components here")
      ))
    body = body + PageFrame.facts(facts)
    if !node.children.isEmpty { body = body + PageFrame.section("Parts", id: "parts", parts(frame)) }
    body = body + PageFrame.section("Components", id: "components", components(frame))
    body = body + PageFrame.section("Publications", id: "publications", publications(frame))
    if !node.relations.isEmpty {
      body =
        body + PageFrame.section("What the source says of them", id: "relations", PageFrame.list(node.relations.map { frame.relation($0) }))
    }
    if !node.notes.isEmpty {
      body =
        body
        + PageFrame.section(
          "Where the source disagrees with itself", id: "notes", PageFrame.list(node.notes.map { HTML($0) }, kind: "caution"))
    }
    return frame.file(body)
  }

  /// The names above, each with its page.
  private func path(_ frame: PageFrame) -> HTML {
    let above = node.path.indices.dropLast().map { index in
      HTML.element("li", [:], frame.node(node.path[...index].joined(separator: "/"), text: node.path[index]))
    }
    let top = HTML.element("li", [:], frame.anchor("taxonomy.html", "Taxonomy"))
    return .element("nav", ["aria-label": "Place in the taxonomy", "class": "crumbs"], .element("ol", [:], [top] + above))
  }

  private func parts(_ frame: PageFrame) -> HTML {
    PageFrame.list(
      node.children.map { child in
        frame.node(child.pathText, text: child.name)
          + HTML(" – \(child.summary) ")
          + .inline(
            "span", ["class": "soft"],
            HTML(
              "(\(child.publicationCount) \(child.publicationCount == 1 ? "publication" : "publications"), \(child.covered.count) of \(child.leaves.count) leaves)"
            ))
      })
  }

  private func components(_ frame: PageFrame) -> HTML {
    let names = node.componentsBelow
    guard !names.isEmpty else { return PageFrame.paragraph("None yet: nothing of it can be run here.") }
    return PageFrame.list(
      names.map { name in
        frame.component(name) + HTML(site.contents.components.first { $0.classPath == name }.map { " – \($0.summary)" } ?? "")
      })
  }

  private func publications(_ frame: PageFrame) -> HTML {
    func list(_ keys: [String]) -> HTML {
      PageFrame.list(keys.map { key in frame.paper(key) + HTML(site.publication(key).map { ": \($0.title)" } ?? "") })
    }
    let isSame = node.listed.sorted() == node.described.sorted()
    if node.listed.isEmpty, node.described.isEmpty { return PageFrame.paragraph("The source names none.") }
    var html = HTML.empty
    if !node.listed.isEmpty {
      html = html + .element("h3", [:], HTML(node.table.map { "In table \($0)" } ?? "In the table")) + list(node.listed)
    }
    if !node.described.isEmpty, !isSame { html = html + .element("h3", [:], HTML("Described in the text")) + list(node.described) }
    return html
  }
}

extension PageFrame {
  /// What the source says of two publications.
  func relation(_ relation: SiteRelation) -> HTML {
    let end = (relation.what.map { ": \($0)" } ?? "") + " (section \(relation.section))" + (relation.note.map { ". \($0)" } ?? "")
    return paper(relation.from) + HTML(" \(relation.words) ") + paper(relation.of) + HTML(end)
  }
}
