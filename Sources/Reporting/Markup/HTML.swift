/// A piece of a page; texts become markup here alone, and are escaped when they do.
package struct HTML: Sendable, Equatable {
  /// The markup.
  package let markup: String

  private init(markup: String) { self.markup = markup }

  /// A text in which nothing is markup; characters that HTML does not allow become �.
  package init(_ text: String) { markup = Self.escaped(text) }

  /// Nothing.
  package static let empty = HTML(markup: "")

  /// Markup that a program wrote, such as a drawing.
  package static func verbatim(_ markup: String) -> HTML { HTML(markup: markup) }

  /// An element with attributes and children; attributes that are nil are left out.
  package static func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: HTML...) -> HTML {
    element(name, attributes, children)
  }

  /// An element with attributes and a list of children.
  package static func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [HTML]) -> HTML {
    HTML(markup: "<\(name)\(list(attributes))>\(children.map(\.markup).joined())</\(name)>\n")
  }

  /// An element within a line of text: no line ends behind it.
  package static func inline(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: HTML...) -> HTML {
    HTML(markup: "<\(name)\(list(attributes))>\(children.map(\.markup).joined())</\(name)>")
  }

  /// An element that has no contents and no end.
  package static func void(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) -> HTML {
    HTML(markup: "<\(name)\(list(attributes))>")
  }

  private static func list(_ attributes: KeyValuePairs<String, String?>) -> String {
    attributes.compactMap { key, value in value.map { " \(key)=\"\(escaped($0))\"" } }.joined()
  }

  /// Pieces one after the other.
  package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

  /// Pieces one after the other.
  package static func joined(_ pieces: [HTML]) -> HTML { HTML(markup: pieces.map(\.markup).joined()) }

  /// The text with all that could be markup as references.
  package static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}": result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a byte of UTF-8 can be of a character that is escaped; most texts have none.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0x7f: true
    // The characters from U+0080 to U+009F begin with this byte.
    case 0xc2: true
    case UInt8(ascii: "\n"), UInt8(ascii: "\t"): false
    default: byte < 0x20
    }
  }
}
