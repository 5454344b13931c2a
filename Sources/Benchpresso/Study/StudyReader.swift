import Configuration
import Registry

/// What the readers of the parts of a study file share: the tree, its folder, and the problems found so far.
struct StudyReader {
  /// The whole file.
  let tree: Node
  /// The folder that paths in the file are relative to.
  let folder: String
  /// What is wrong, in any order.
  var problems: [Problem] = []

  init(_ tree: Node, folder: String) { (self.tree, self.folder) = (tree, folder) }

  /// Notes a problem.
  mutating func report(_ mark: Mark, _ path: String, _ sentence: String) {
    problems.append(Problem(mark: mark, path: path, sentence: sentence))
  }

  /// The fields of a map; none, and a problem, for anything else that is not null.
  mutating func fields(_ node: Node?, path: String) -> [Node.Field] {
    guard let node, !node.isNull else { return [] }
    guard let fields = node.fields else {
      report(node.mark, path, "expected a map of names, found \(node.summary)")
      return []
    }
    return fields
  }

  /// The fields of a map whose keys are names that files and folders can have.
  mutating func named(_ node: Node?, path: String) -> [Node.Field] {
    fields(node, path: path).filter { field in
      guard !StudySettings.isName(field.key) else { return true }
      report(field.mark, "\(path).\(field.key)", "names have letters, digits, '-' and '_', found '\(field.key)'")
      return false
    }
  }

  /// Some settings laid over others.
  mutating func layer(_ node: Node?, path: String, shorthand: [String: [String]] = [:]) -> StudyLayer {
    StudyLayer(node ?? .null, shorthand: shorthand, path: path, reader: &self)
  }

  /// Notes keys of a map that are not known.
  mutating func checkKeys(_ node: Node, path: String, known: [String], what: String) {
    for field in node.fields ?? [] where !known.contains(field.key) {
      let hint = NearMatch.question(for: field.key, among: known, then: "\(what) has \(known.joined(separator: ", "))")
      report(field.mark, path.isEmpty ? field.key : "\(path).\(field.key)", "there is no such key\(hint)")
    }
  }

  /// Notes a name that means nothing.
  mutating func checkName(_ name: String, among known: [String], at mark: Mark, path: String, what: String) {
    guard !known.contains(name) else { return }
    let all = known.isEmpty ? "there is none" : "there are \(known.prefix(20).joined(separator: ", "))\(known.count > 20 ? ", …" : "")"
    report(mark, path, "there is no \(what) '\(name)'\(NearMatch.question(for: name, among: known, then: all))")
  }
}
