/// Publications as BibTeX.
public enum BibTeX {
  /// Returns the entries of publications, each after an empty line but the first; empty for none.
  public static func text(_ publications: [Publication]) -> String { publications.map(entry).joined(separator: "\n") }

  /// Returns the entry of a publication, in ASCII: accents and special characters are written as LaTeX commands.
  public static func entry(_ publication: Publication) -> String {
    var fields: [(name: String, value: String)] = [
      ("author", publication.authors.map(escaped).joined(separator: " and ")),
      // The second pair of braces keeps the capitals.
      ("title", "{\(escaped(publication.title))}"),
    ]
    if let venue = publication.venue {
      let name =
        switch publication.type {
        case .article: "journal"
        case .inproceedings: "booktitle"
        case .misc: "howpublished"
        }
      fields.append((name, escaped(venue)))
    }
    if let volume = publication.volume { fields.append(("volume", escaped(volume))) }
    if let number = publication.number { fields.append(("number", escaped(number))) }
    if let pages = publication.pages { fields.append(("pages", escaped(pages))) }
    if let publisher = publication.publisher { fields.append(("publisher", escaped(publisher))) }
    if let arxiv = publication.arxiv { fields += [("eprint", escaped(arxiv)), ("archivePrefix", "arXiv")] }
    fields.append(("year", String(publication.year)))
    var lines = fields.map { "  \($0.name) = {\($0.value)}" }
    if let month = publication.month, months.indices.contains(month - 1) { lines.append("  month = \(months[month - 1])") }
    return "@\(publication.type.rawValue){\(publication.key),\n\(lines.joined(separator: ",\n"))\n}\n"
  }

  /// The names that every BibTeX style defines.
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// LaTeX's commands for accents, by their names in Unicode.
  private static let accents = [
    "ACUTE": "'", "GRAVE": "`", "CIRCUMFLEX": "^", "DIAERESIS": "\"", "TILDE": "~", "CARON": "v", "CEDILLA": "c", "MACRON": "=",
    "BREVE": "u",
  ]

  /// Returns a text in which nothing is markup; characters that neither ASCII nor a LaTeX command has become question marks.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&", "%", "$", "#", "_", "{", "}": return "\\\(scalar)"
      case "~": return "{\\textasciitilde}"
      case "^": return "{\\textasciicircum}"
      case "\\": return "{\\textbackslash}"
      case "–": return "--"
      case "—": return "---"
      case "’": return "'"
      case "ø": return "{\\o}"
      case "Ø": return "{\\O}"
      case "ł": return "{\\l}"
      case "Ł": return "{\\L}"
      case "ß": return "{\\ss}"
      default: break
      }
      if scalar.isASCII { return scalar.value < 32 ? " " : String(scalar) }
      guard let letter = AccentedLetter(scalar), let command = accents[letter.accent] else { return "?" }
      // A dot would collide with the accent.
      let base = letter.base == "i" ? "\\i" : letter.base == "j" ? "\\j" : String(letter.base)
      return "{\\\(command){\(base)}}"
    }.joined()
  }
}
