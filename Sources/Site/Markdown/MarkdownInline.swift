import Reporting

/// Markdown within a line: code, strong, emphasis, links.
enum MarkdownInline {
  /// Marks within each other beyond this depth are text.
  private static let deepest = 4
  /// How far away the end of a mark is looked for, so that a text of marks without ends takes no longer than others.
  private static let reach = 400

  static func html(_ text: String) -> HTML { html(text[...], depth: 0) }

  private static func html(_ text: Substring, depth: Int) -> HTML {
    var (rest, plain, pieces) = (text, "", [HTML]())
    func flush() {
      if !plain.isEmpty { pieces.append(HTML(plain)) }
      plain = ""
    }
    while let character = rest.first {
      if character == "\\", let next = rest.dropFirst().first, next.isASCII, next.isPunctuation || next.isSymbol {
        plain.append(next)
        rest = rest.dropFirst(2)
      } else if depth < deepest, let (piece, length) = mark(rest, depth) {
        flush()
        pieces.append(piece)
        rest = rest.dropFirst(length)
      } else {
        plain.append(character)
        rest.removeFirst()
      }
    }
    flush()
    return .joined(pieces)
  }

  /// What begins here, and how many characters it has; nil for text.
  private static func mark(_ text: Substring, _ depth: Int) -> (HTML, Int)? {
    switch text.first {
    case "`": return enclosed(text, "`").map { (.inline("code", [:], HTML(String($0))), $0.count + 2) }
    case "*", "_":
      let sign = String(text.first ?? "*")
      if let inner = enclosed(text, sign + sign) { return (.inline("strong", [:], html(inner, depth: depth + 1)), inner.count + 4) }
      guard let inner = enclosed(text, sign), sign == "*" || !follows(text, inner.count + 2) else { return nil }
      return (.inline("em", [:], html(inner, depth: depth + 1)), inner.count + 2)
    case "!":
      return text.dropFirst().first == "["
        ? link(text.dropFirst(), depth).map { (HTML("[picture: ") + $0.words + HTML("]"), $0.length + 1) } : nil
    case "[": return link(text, depth).map { ($0.html, $0.length) }
    default: return nil
    }
  }

  /// Whether a word goes on behind a mark: underscores within words are no emphasis.
  private static func follows(_ text: Substring, _ length: Int) -> Bool {
    text.dropFirst(length).first.map { $0.isLetter || $0.isNumber } ?? false
  }

  /// What stands between a mark and its end; nil where it has none, is empty, or begins or ends with a space.
  private static func enclosed(_ text: Substring, _ mark: String) -> Substring? {
    guard text.hasPrefix(mark) else { return nil }
    let body = text.dropFirst(mark.count).prefix(reach)
    guard let end = body.firstRange(of: mark), end.lowerBound > body.startIndex else { return nil }
    let inner = body[..<end.lowerBound]
    return inner.first == " " || inner.last == " " ? nil : inner
  }

  private static func link(_ text: Substring, _ depth: Int) -> (words: HTML, html: HTML, length: Int)? {
    let body = text.dropFirst().prefix(reach)
    guard let middle = body.firstRange(of: "]("), let end = body[middle.upperBound...].firstIndex(of: ")") else { return nil }
    let (words, address) = (body[..<middle.lowerBound], String(body[middle.upperBound..<end]))
    let inner = html(words, depth: depth + 1)
    let length = words.count + address.count + 4
    guard isOfTheWeb(address) else { return (inner, inner + HTML(" (\(address))"), length) }
    return (inner, .inline("a", ["href": address, "rel": "nofollow noopener noreferrer external"], inner), length)
  }

  /// Nothing but plain addresses of the web becomes a link: no scripts, no files, no data.
  private static func isOfTheWeb(_ address: String) -> Bool {
    (address.lowercased().hasPrefix("https://") || address.lowercased().hasPrefix("http://"))
      && address.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 && $0.value != 127 && !"\"'<>`\\".unicodeScalars.contains($0) }
  }
}
