/// A piece of a page; texts become markup here alone, and are escaped when they do.
struct HTML: Sendable, Equatable {
  /// The markup.
  let markup: String

  private init(markup: String) { self.markup = markup }

  /// A text in which nothing is markup; characters that HTML does not allow become �.
  init(_ text: String) { markup = Self.escaped(text) }

  /// Nothing.
  static let empty = HTML(markup: "")

  /// Markup that a program wrote, such as a drawing.
  static func verbatim(_ markup: String) -> HTML { HTML(markup: markup) }

  /// An element with attributes and children; attributes that are nil are left out.
  static func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: HTML...) -> HTML {
    element(name, attributes, children)
  }

  /// An element with attributes and a list of children.
  static func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [HTML]) -> HTML {
    let list = attributes.compactMap { key, value in value.map { " \(key)=\"\(escaped($0))\"" } }.joined()
    return HTML(markup: "<\(name)\(list)>\(children.map(\.markup).joined())</\(name)>\n")
  }

  /// Pieces one after the other.
  static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

  /// Pieces one after the other.
  static func joined(_ pieces: [HTML]) -> HTML { HTML(markup: pieces.map(\.markup).joined()) }

  /// The text with all that could be markup as references.
  static func escaped(_ text: String) -> String {
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
}
