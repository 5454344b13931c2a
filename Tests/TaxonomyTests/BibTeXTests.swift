import Testing

@testable import Taxonomy

/// A strict reader of BibTeX entries: braces have to match, fields have to be separated, keys to be plain.
struct BibTeXReader {
  struct Entry: Equatable {
    let type: String
    let key: String
    let fields: [String: String]
  }

  struct Mistake: Error {
    let place: Substring
  }

  private var rest: Substring

  static func entries(_ text: String) throws -> [Entry] {
    var reader = BibTeXReader(rest: text[...])
    var entries: [Entry] = []
    reader.skipSpace()
    while !reader.rest.isEmpty {
      entries.append(try reader.entry())
      reader.skipSpace()
    }
    return entries
  }

  private mutating func skipSpace() { rest = rest.drop { $0.isWhitespace } }

  private mutating func expect(_ character: Character) throws {
    skipSpace()
    guard rest.first == character else { throw Mistake(place: rest.prefix(40)) }
    rest = rest.dropFirst()
  }

  private mutating func word() throws -> String {
    skipSpace()
    let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard !word.isEmpty else { throw Mistake(place: rest.prefix(40)) }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  private mutating func entry() throws -> Entry {
    try expect("@")
    let type = try word()
    try expect("{")
    let key = try word()
    var fields: [String: String] = [:]
    skipSpace()
    while rest.first == "," {
      try expect(",")
      let name = try word()
      try expect("=")
      skipSpace()
      let value = try rest.first == "{" ? braced() : word()
      guard fields.updateValue(value, forKey: name) == nil else { throw Mistake(place: rest.prefix(40)) }
      skipSpace()
    }
    try expect("}")
    return Entry(type: type, key: key, fields: fields)
  }

  /// A value in braces; a brace behind a backslash does not count.
  private mutating func braced() throws -> String {
    try expect("{")
    var (depth, value, isEscaped) = (1, "", false)
    while let character = rest.popFirst() {
      if !isEscaped { depth += character == "{" ? 1 : character == "}" ? -1 : 0 }
      if depth == 0 { return value }
      isEscaped = character == "\\" && !isEscaped
      value.append(character)
    }
    throw Mistake(place: "the end")
  }
}

struct BibTeXTests {
  @Test func everyPublicationCanBeRead() throws {
    let all = try Bibliography.shipped().all
    let text = BibTeX.text(all)
    #expect(text.allSatisfy(\.isASCII) && !text.contains("?"), "every accent has its command")
    let entries = try BibTeXReader.entries(text)
    #expect(entries.map(\.key) == all.map(\.key))
    for (entry, publication) in zip(entries, all) {
      #expect(entry.type == publication.type.rawValue && entry.fields["year"] == "\(publication.year)")
      #expect(entry.fields["author"]?.components(" and ") == publication.authors.count, "\(entry)")
      let venue = ["article": "journal", "inproceedings": "booktitle", "misc": "howpublished"][entry.type] ?? ""
      #expect((entry.fields[venue] != nil) == (publication.venue != nil), "\(entry)")
      #expect(entry.type == "misc" || publication.venue != nil, "\(entry): the type needs a venue")
      // Outside of commands nothing special is left.
      for value in entry.fields.values {
        let special = zip(value, " " + value).filter { "&%$#_".contains($0.0) && $0.1 != "\\" }
        #expect(special.isEmpty, "\(value)")
      }
    }
  }

  @Test(arguments: [
    ("Ballé", "Ball{\\'{e}}"), ("Huszár", "Husz{\\'{a}}r"), ("Björn", "Bj{\\\"{o}}rn"), ("Ínaço", "{\\'{I}}na{\\c{c}}o"),
    ("ï", "{\\\"{\\i}}"), ("Søren Łoś ß", "S{\\o}ren {\\L}o{\\'{s}} {\\ss}"), ("a & b_c #1 50% $", "a \\& b\\_c \\#1 50\\% \\$"),
    ("{x}~^\\", "\\{x\\}{\\textasciitilde}{\\textasciicircum}{\\textbackslash}"), ("1–2 a—b ’", "1--2 a---b '"), ("漢", "?"),
    ("a\nb", "a b"),
  ])
  func escapes(text: String, escaped: String) { #expect(BibTeX.escaped(text) == escaped) }

  @Test func anEntry() throws {
    let publication = try Taxonomy.shipped().findPublication("jiang2023mlic")
    #expect(
      BibTeX.entry(publication) == """
        @inproceedings{jiang2023mlic,
          author = {Jiang, Wei and Yang, Jiayu and Zhai, Yongqi and Ning, Peirong and Gao, Feng and Wang, Ronggang},
          title = {{MLIC: Multi-Reference Entropy Model for Learned Image Compression}},
          booktitle = {Proceedings of the 31st ACM International Conference on Multimedia},
          publisher = {ACM},
          year = {2023},
          month = oct
        }

        """)
    #expect(BibTeX.text([]).isEmpty)
  }

  @Test(arguments: ["@misc{a, b = {c}", "@misc{a b = {c}}", "@misc{a, b = {c}, b = {d}}", "@misc{a, b = {c}} x", "@{a}"])
  func theReaderOfThisTestIsStrict(text: String) { #expect(throws: BibTeXReader.Mistake.self) { try BibTeXReader.entries(text) } }
}

extension String {
  /// The number of parts between separators.
  fileprivate func components(_ separator: String) -> Int { split(separator: separator).count }
}
