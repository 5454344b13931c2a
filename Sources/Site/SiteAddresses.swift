/// Where everything of a site lies.
struct SiteAddresses: Sendable {
  /// What a page below a folder is about.
  enum Subject: Sendable {
    case node(SiteNode)
    case component(SiteComponent)
    /// The index among the site's groups.
    case model(Int)
  }

  private(set) var pages: [String: Subject] = [:]
  private(set) var nodes: [String: String] = [:]
  private(set) var components: [String: String] = [:]
  /// The pages of groups by their identity.
  private(set) var models: [String: String] = [:]
  /// The places of records by their hash: a page, and for results the part of it.
  private(set) var records: [String: String] = [:]
  private(set) var papers: [String: String] = [:]

  init(_ contents: SiteContents, _ groups: [ModelGroup]) {
    for node in contents.taxonomy.flatMap(\.all) {
      nodes[node.pathText] = add("taxonomy/" + node.path.map { Self.word($0, longest: 40) }.joined(separator: "."), .node(node))
    }
    for component in contents.components {
      components[component.classPath] = add(
        "components/" + Self.word(component.classPath, longest: 80, keeps: ".", "_"), .component(component))
    }
    for (index, group) in groups.enumerated() {
      let page = add("models/\(Self.word(group.name, longest: 40))-\(Self.digest(group.id))", .model(index))
      models[group.id] = page
      for record in group.records { records[record.hash] = page + "#" + Self.anchor(record) }
    }
    for publication in contents.publications { papers[publication.key] = "papers.html#" + Self.anchor(publication.key) }
  }

  private mutating func add(_ name: String, _ subject: Subject) -> String {
    var path = "\(name).html"
    var number = 1
    while pages[path] != nil {
      number += 1
      path = "\(name)-\(number).html"
    }
    pages[path] = subject
    return path
  }

  /// The part of a page that a record has.
  static func anchor(_ record: SiteRecord) -> String { "record-" + word(record.hash, longest: 64) }

  /// The part of the page of publications that one has.
  static func anchor(_ key: String) -> String { "paper-" + word(key, longest: 80) }

  /// A text as a part of a file's name: lower-case ASCII letters and digits, hyphens for all else.
  static func word(_ text: String, longest: Int, keeps kept: Character...) -> String {
    var word = ""
    for character in text.lowercased() {
      if character.isASCII && (character.isLetter || character.isNumber) || kept.contains(character) && !word.isEmpty {
        word.append(character)
      } else if !word.isEmpty, word.last != "-" {
        word.append("-")
      }
      if word.count == longest { break }
    }
    while let last = word.last, !last.isLetter && !last.isNumber { word.removeLast() }
    return word.isEmpty ? "unnamed" : word
  }

  /// Eight hexadecimal digits of a text (FNV-1a), so that two names that make one word have two pages.
  private static func digest(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash & 0xffff_ffff, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
