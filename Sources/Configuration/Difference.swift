/// One value in which two configurations differ.
public struct Difference: Sendable, Equatable {
  /// The dotted path.
  public let path: String
  /// The value in the first configuration; nil when it has none.
  public let left: Node?
  /// The value in the second configuration; nil when it has none.
  public let right: Node?

  /// Returns every difference between two trees, in the order of the first, then of what only the second has.
  ///
  /// Components of different classes differ in their class path and not argument by argument. Lists of one length differ item by item.
  public static func between(_ left: Node, _ right: Node, path: String = "") -> [Difference] {
    if left == right { return [] }
    if let mine = left.fields, let others = right.fields {
      if let old = left["class_path"], let new = right["class_path"], old != new {
        return [Difference(path: KeySpelling.path(path, "class_path"), left: old, right: new)]
      }
      let shared = mine.flatMap { field -> [Difference] in
        let path = KeySpelling.path(path, field.key)
        guard let other = right[field.key] else { return [Difference(path: path, left: field.value, right: nil)] }
        return between(field.value, other, path: path)
      }
      let added = others.filter { left[$0.key] == nil }
      return shared + added.map { Difference(path: KeySpelling.path(path, $0.key), left: nil, right: $0.value) }
    }
    if let mine = left.elements, let others = right.elements, mine.count == others.count {
      return zip(mine, others).enumerated().flatMap { between($1.0, $1.1, path: "\(path)[\($0)]") }
    }
    return [Difference(path: path, left: left, right: right)]
  }

  /// The value on one line, for a table or a sentence.
  public static func text(_ node: Node?) -> String { node.map(\.onOneLine) ?? "(not there)" }
}
