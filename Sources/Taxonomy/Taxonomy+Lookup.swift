import Configuration

extension Taxonomy {
  /// Finds a node by its path, by the end of it, or by the number of a section.
  ///
  /// Case, spaces and punctuation do not count, names may be cut short (`Checker`) or be another name (`GDN`), and names between the first
  /// and the last may be left out: `Context Models/Checkerboard`.
  ///
  /// - Throws: ``TaxonomyError`` with what is like it where there is none, and with all paths where there are several.
  public func find(_ text: String) throws(TaxonomyError) -> TaxonomyNode {
    if let node = node(path: text) { return node }
    if let node = nodes.first(where: { $0.heading == .numbered && $0.section == text }) { return node }
    let words = text.split(separator: "/").map { SearchText.letters(String($0)) }.filter { !$0.isEmpty }
    guard !words.isEmpty else { throw .unknownNode(text, near: []) }
    for rule in [NameRule.whole, .beginning, .part] {
      let found = nodes.filter { matches($0, words, rule) }
      if found.count == 1 { return found[0] }
      // A node beats those below it that have its name in theirs.
      if let top = found.first, found.allSatisfy({ $0.path.starts(with: top.path) }) { return top }
      if found.count > 1 { throw .ambiguousNode(text, paths: found.map(\.pathText)) }
    }
    throw .unknownNode(text, near: near(text))
  }

  /// Finds a publication by its key or its number in the bibliography, `74` or `[74]`.
  ///
  /// - Throws: ``TaxonomyError`` with keys that are like it where there is none.
  public func findPublication(_ text: String) throws(TaxonomyError) -> Publication {
    let number = Int(text.filter { $0 != "[" && $0 != "]" })
    if let found = publications.first(where: { $0.key == text.lowercased() || $0.reference == number && number != nil }) { return found }
    let beginning = publications.map(\.key).filter { $0.hasPrefix(text.lowercased()) }
    throw .unknownPublication(text, near: Array((beginning.isEmpty ? nearKeys(text) : beginning).prefix(6)))
  }

  /// Keys like a text, or, where there are none, keys whose author's name is like it.
  private func nearKeys(_ text: String) -> [String] {
    let whole = NearMatch.best(for: text, among: publications.map(\.key), count: 3)
    guard whole.isEmpty else { return whole }
    func name(_ key: String) -> String { String(key.prefix { $0.isLetter }) }
    let names = NearMatch.best(for: name(text.lowercased()), among: Set(publications.map { name($0.key) }), count: 1)
    return publications.map(\.key).filter { names.contains(name($0)) }
  }

  private enum NameRule {
    case whole, beginning, part
  }

  private func matches(_ node: TaxonomyNode, _ words: [String], _ rule: NameRule) -> Bool {
    // The last word is the node's name, those before it are names of nodes above, in their order.
    let chain = chain(to: node)
    guard let own = chain.last, let last = words.last, fits(own, last, rule) else { return false }
    var above = chain.dropLast()[...]
    for word in words.dropLast() {
      guard let index = above.firstIndex(where: { fits($0, word, rule) }) else { return false }
      above = above[(index + 1)...]
    }
    return true
  }

  private func fits(_ node: TaxonomyNode, _ word: String, _ rule: NameRule) -> Bool {
    ([node.name] + node.otherNames).map(SearchText.letters).contains { name in
      switch rule {
      case .whole: name == word || name == word + "s" || name + "s" == word
      case .beginning: name.hasPrefix(word)
      case .part: word.count > 2 && name.contains(word)
      }
    }
  }

  /// The nodes from the category down to a node.
  private func chain(to node: TaxonomyNode) -> [TaxonomyNode] { nodes.filter { node.path.starts(with: $0.path) } }

  /// Paths of nodes whose name is like the last part of a text.
  private func near(_ text: String) -> [String] {
    let last = text.split(separator: "/").last.map(String.init) ?? text
    let names = nodes.flatMap { node in ([node.name] + node.otherNames).map { (name: $0, path: node.pathText) } }
    let best = NearMatch.best(for: last, among: names.map(\.name), count: 3)
    return best.flatMap { name in names.filter { $0.name == name }.map(\.path) }.withoutRepetitions
  }
}
