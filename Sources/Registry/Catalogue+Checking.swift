public import Configuration

extension Catalogue: ComponentChecking {
  /// Returns the canonical class path and the complete arguments of a component; see ``ComponentChecking``.
  public func check(
    kind: String, classPath: Node, arguments: Node, path: String, context: SettingsContext
  ) -> (classPath: String, arguments: Node)? {
    guard let entry = find(classPath.string ?? "", kind: kind, mark: classPath.mark, path: path, context: context) else { return nil }
    return (entry.classPath, entry.complete(arguments, KeySpelling.path(path, "init_args"), context))
  }

  private func find(_ name: String, kind: String, mark: Mark, path: String, context: SettingsContext) -> Entry? {
    func report(_ sentence: String) { context.report(mark, path: path, sentence) }
    let valid = entries(ofKind: kind).map(\.classPath)
    let list = valid.isEmpty ? "No \(kind) is known" : "Known: \(valid.joined(separator: ", "))"
    if let entry = entry(name) {
      if entry.kind == kind { return entry }
      report("'\(name)' is \(withArticle(entry.kind)), not \(withArticle(kind)). \(list)")
      return nil
    }
    let found = entries(ofKind: kind, shortName: name)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      report("'\(name)' could be \(found.map { "'\($0.classPath)'" }.joined(separator: " or ")); write the whole class path")
      return nil
    }
    let aliases = entries(ofKind: kind).flatMap(\.aliases)
    let question = NearMatch.question(for: name, among: valid)
    report("there is no \(kind) '\(name)'\(question.isEmpty ? NearMatch.sentenceEnd(for: name, among: aliases) : question) \(list)")
    return nil
  }
}
