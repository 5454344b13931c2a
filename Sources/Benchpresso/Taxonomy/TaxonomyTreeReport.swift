import Reporting
import Taxonomy

/// A node of the taxonomy with its counts, as JSON and as lines of a tree.
struct TaxonomyTreeReport: Encodable {
  let path: String
  let name: String
  let section: String
  let table: String?
  let heading: String
  let otherNames: [String]
  let summary: String
  let publicationCount: Int
  let leafCount: Int
  let notes: [String]
  let children: [TaxonomyTreeReport]

  private enum CodingKeys: String, CodingKey {
    case path, name, section, table, heading, summary, notes, children
    case otherNames = "other_names"
    case publicationCount = "publication_count"
    case leafCount = "leaf_count"
  }

  /// Describes a node and what lies below it, `depth` levels with its own.
  init(_ node: TaxonomyNode, depth: Int) {
    path = node.pathText
    name = node.name
    section = node.section
    table = node.table
    heading = node.heading.rawValue
    otherNames = node.otherNames
    summary = node.summary
    publicationCount = node.publications.count
    leafCount = node.leaves.count
    notes = node.notes
    children = depth > 1 ? node.children.map { TaxonomyTreeReport($0, depth: depth - 1) } : []
  }

  /// The node and what lies below it, one line each: the name, what stands behind it, and the branches before it.
  static func lines(_ nodes: [TaxonomyNode], depth: Int, suffix: (TaxonomyNode) -> String) -> [String] {
    func below(_ node: TaxonomyNode, _ depth: Int, _ indent: String) -> [String] {
      guard depth > 1 else { return [] }
      return node.children.enumerated().flatMap { index, child in
        let isLast = index == node.children.count - 1
        let line = "\(indent)\(isLast ? "└─" : "├─") \(child.name)\(suffix(child))"
        return [line] + below(child, depth - 1, indent + (isLast ? "   " : "│  "))
      }
    }
    return nodes.flatMap { node in ["\(node.name)\(suffix(node))"] + below(node, depth, "") }
  }
}
