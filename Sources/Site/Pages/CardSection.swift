import Reporting

/// A model card: its front matter, and its Markdown as a stranger's text in which nothing is markup of ours.
struct CardSection {
  private let card: SiteRecord
  private let frame: PageFrame

  init(_ card: SiteRecord, _ frame: PageFrame) { (self.card, self.frame) = (card, frame) }

  var html: HTML {
    let facts =
      card.frontMatter.isEmpty
      ? card.details.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } : card.frontMatter.map { ($0.key, $0.value) }
    let text =
      card.text.map { HTML.element("div", ["class": "card"], Markdown($0, headings: 3).html) }
      ?? PageFrame.paragraph("The card's file is gone.", kind: "soft")
    return .element(
      "section", ["id": SiteAddresses.anchor(card)], .element("h2", [:], HTML("Card: \(card.name)")), PageFrame.paragraph(card.summary),
      PageFrame.facts(
        facts.filter { !$0.1.isEmpty }.map { ($0.0, HTML($0.1)) } + [
          ("File (SHA-256)", .inline("code", ["class": "hash"], HTML(card.hash)))
        ]), text)
  }
}
