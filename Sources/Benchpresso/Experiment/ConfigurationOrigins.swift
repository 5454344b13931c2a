import Configuration

/// Where each value of a resolved configuration comes from.
struct ConfigurationOrigins {
  private let file: ExperimentFile

  init(_ file: ExperimentFile) { self.file = file }

  /// Returns the origin of the value at a path, for the end of its line; nil for maps, whose values say it.
  func text(at path: String, _ node: Node) -> String? {
    if let fields = node.fields, !fields.isEmpty { return nil }
    if let elements = node.elements, elements.contains(where: { $0.fields?.isEmpty == false }) { return nil }
    let mark = file.tree.node(at: path)?.mark ?? node.mark
    return mark.shortDescription + variables(at: path)
  }

  /// The origins as a tree of texts.
  var tree: Node { origins(of: file.tree, path: "") }

  private func origins(of node: Node, path: String) -> Node {
    if let fields = node.fields, !fields.isEmpty {
      return .map(fields.map { ($0.key, origins(of: $0.value, path: KeySpelling.path(path, $0.key))) })
    }
    if let elements = node.elements, !elements.isEmpty {
      return Node(.list(elements.enumerated().map { origins(of: $1, path: "\(path)[\($0)]") }))
    }
    return Node(.string(text(at: path, node) ?? ""))
  }

  /// Names the variables in the value as it was written, and where each has its value from.
  private func variables(at path: String) -> String {
    guard let text = file.written.node(at: path)?.string else { return "" }
    return Variables.names(in: text).map { name in
      let mark = file.written.node(at: "vars.\(name)")?.mark.shortDescription
      return " ${\(name)}" + (mark.map { " from \($0)" } ?? "")
    }.joined()
  }
}
