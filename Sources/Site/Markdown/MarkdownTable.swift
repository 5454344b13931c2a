import Reporting

/// A table of Markdown: a row of heads, a row of hyphens, rows of cells.
struct MarkdownTable {
  /// The number of lines.
  let count: Int
  let html: HTML

  /// Nil where the lines begin no table.
  init?(_ lines: ArraySlice<String>) {
    guard let head = lines.first, let rule = lines.dropFirst().first, head.contains("|"), Self.isRule(rule) else { return nil }
    let heads = Self.cells(head)
    let isRight = Self.cells(rule).map { $0.hasSuffix(":") && !$0.hasPrefix(":") }
    guard isRight.count == heads.count else { return nil }
    let rows = lines.dropFirst(2).prefix { $0.contains("|") }
    count = rows.count + 2
    func row(_ name: String, _ cells: [String]) -> HTML {
      .element(
        "tr", [:],
        heads.indices.map { index in
          .element(
            name, ["class": isRight[index] ? nil : "text", "scope": name == "th" ? "col" : nil],
            index < cells.count ? MarkdownInline.html(cells[index]) : .empty)
        })
    }
    html = .element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Table of the card"],
      .element(
        "table", [:], .element("thead", [:], row("th", heads)), .element("tbody", [:], rows.map { row("td", Self.cells($0)) })))
  }

  private static func isRule(_ line: String) -> Bool {
    line.contains("-") && line.contains("|") && line.allSatisfy { "|-: \t".contains($0) }
  }

  private static func cells(_ line: String) -> [String] {
    var text = line.drop { $0.isWhitespace }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    if text.first == "|" { text.removeFirst() }
    if text.last == "|" { text.removeLast() }
    return text.split(separator: "|", omittingEmptySubsequences: false).map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
