import Reporting

/// Lines of Markdown as blocks.
struct MarkdownBlocks {
  let headings: Int

  /// Lists and quotations within each other beyond this depth are text.
  private static let deepest = 6

  func html(_ lines: ArraySlice<String>, depth: Int) -> HTML {
    var (rest, pieces, paragraph) = (lines, [HTML](), [String]())
    func flush() {
      if !paragraph.isEmpty { pieces.append(.element("p", [:], MarkdownInline.html(paragraph.joined(separator: "\n")))) }
      paragraph = []
    }
    while let line = rest.first {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.isEmpty {
        flush()
        rest.removeFirst()
      } else if let fence = Self.fence(text) {
        flush()
        rest.removeFirst()
        pieces.append(Self.code(Self.take(&rest) { !$0.drop { $0 == " " }.hasPrefix(fence) }))
        rest = rest.dropFirst()
      } else if paragraph.isEmpty, line.hasPrefix("    ") || line.hasPrefix("\t") {
        let block = Self.take(&rest) { $0.hasPrefix("    ") || $0.hasPrefix("\t") || $0.allSatisfy(\.isWhitespace) }
        pieces.append(Self.code(block.map { String($0.hasPrefix("\t") ? $0.dropFirst() : $0.dropFirst(4)) }))
      } else if let (level, title) = Self.heading(text) {
        flush()
        rest.removeFirst()
        pieces.append(.element("h\(min(level + headings - 1, 6))", [:], MarkdownInline.html(title)))
      } else if Self.isRule(text) {
        flush()
        rest.removeFirst()
        pieces.append(.void("hr"))
      } else if depth < Self.deepest, text.hasPrefix(">") {
        flush()
        let block = Self.take(&rest) { $0.drop { $0 == " " }.hasPrefix(">") }
        let inner = block.map { line in String(line.drop { $0 == " " }.dropFirst().drop { $0 == " " }) }
        pieces.append(.element("blockquote", [:], html(inner[...], depth: depth + 1)))
      } else if depth < Self.deepest, let first = MarkdownItem(line) {
        flush()
        pieces.append(list(&rest, isOrdered: first.isOrdered, depth: depth))
      } else if paragraph.isEmpty, let table = MarkdownTable(rest) {
        rest = rest.dropFirst(table.count)
        pieces.append(table.html)
      } else {
        paragraph.append(String(text))
        rest.removeFirst()
      }
    }
    flush()
    return .joined(pieces)
  }

  /// The items of one list, and what is indented below each.
  private func list(_ rest: inout ArraySlice<String>, isOrdered: Bool, depth: Int) -> HTML {
    var items: [HTML] = []
    while let item = rest.first.flatMap({ MarkdownItem($0) }), item.isOrdered == isOrdered {
      rest.removeFirst()
      var inner = [item.text]
      while let next = rest.first {
        let indent = next.prefix { $0 == " " }.count
        let isBlank = next.allSatisfy(\.isWhitespace)
        if isBlank, rest.dropFirst().first.map({ $0.prefix { $0 == " " }.count < item.indent }) ?? true { break }
        if !isBlank, indent < item.indent, MarkdownItem(next) != nil || inner.last?.isEmpty ?? true { break }
        inner.append(String(next.dropFirst(min(indent, item.indent))))
        rest.removeFirst()
      }
      let isShort = inner.count == 1
      items.append(.element("li", [:], isShort ? MarkdownInline.html(inner[0]) : html(inner[...], depth: depth + 1)))
      while rest.first?.allSatisfy(\.isWhitespace) ?? false, rest.dropFirst().first.flatMap({ MarkdownItem($0) })?.isOrdered == isOrdered {
        rest.removeFirst()
      }
    }
    return .element(isOrdered ? "ol" : "ul", [:], items)
  }

  private static func take(_ rest: inout ArraySlice<String>, while holds: (String) -> Bool) -> [String] {
    let block = rest.prefix(while: holds)
    rest = rest.dropFirst(block.count)
    return Array(block)
  }

  private static func code(_ lines: [String]) -> HTML {
    .element("pre", ["tabindex": "0"], .inline("code", [:], HTML(lines.joined(separator: "\n"))))
  }

  private static func fence(_ text: Substring) -> String? { ["```", "~~~"].first { text.hasPrefix($0) } }

  private static func heading(_ text: Substring) -> (Int, String)? {
    let level = text.prefix { $0 == "#" }.count
    guard (1...6).contains(level), text.dropFirst(level).first == " " else { return nil }
    return (level, String(text.dropFirst(level + 1)))
  }

  private static func isRule(_ text: Substring) -> Bool {
    let marks = text.filter { $0 != " " }
    return marks.count >= 3 && ["-", "*", "_"].contains { mark in marks.allSatisfy { $0 == mark } }
  }
}

/// The first line of an item of a list.
struct MarkdownItem {
  let isOrdered: Bool
  /// Where its text begins.
  let indent: Int
  let text: String

  /// Nil for a line that begins no item.
  init?(_ line: String) {
    let spaces = line.prefix { $0 == " " }.count
    let body = line.dropFirst(spaces)
    let digits = body.prefix { $0.isASCII && $0.isNumber }.count
    let mark: Int
    if let first = body.first, "-*+".contains(first) {
      (isOrdered, mark) = (false, 1)
    } else if (1...6).contains(digits), let end = body.dropFirst(digits).first, end == "." || end == ")" {
      (isOrdered, mark) = (true, digits + 1)
    } else {
      return nil
    }
    guard body.dropFirst(mark).first == " " else { return nil }
    indent = spaces + mark + 1
    text = String(body.dropFirst(mark + 1))
  }
}
