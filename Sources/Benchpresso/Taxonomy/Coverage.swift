import Registry
import Taxonomy

/// Which parts of the taxonomy the components of a catalogue fill.
struct Coverage {
  let taxonomy: Taxonomy
  let catalogue: Catalogue

  /// What stands at a leaf without components.
  static let notYet = "not yet"

  /// The class paths of the components that name exactly this node, sorted.
  func components(at node: TaxonomyNode) -> [String] {
    catalogue.entries.filter { $0.leaves.contains(node.pathText) }.map(\.classPath).sorted()
  }

  /// The class paths of the components that name the node or a part of it, sorted.
  func components(below node: TaxonomyNode) -> [String] { Set(node.all.flatMap { components(at: $0) }).sorted() }

  /// The leaves below a node for which there is a component.
  func coveredLeaves(of node: TaxonomyNode) -> [TaxonomyNode] { node.leaves.filter { !components(at: $0).isEmpty } }

  /// The nodes that can be covered: leaves, and nodes with parts that a component names all the same.
  var places: [TaxonomyNode] { taxonomy.nodes.filter { $0.isLeaf || !components(at: $0).isEmpty } }
}

/// The coverage as JSON.
struct CoverageReport: Encodable {
  struct Category: Encodable {
    let name: String
    let leafCount: Int
    let coveredCount: Int
    let places: [Place]

    private enum CodingKeys: String, CodingKey {
      case name, places
      case leafCount = "leaf_count"
      case coveredCount = "covered_count"
    }
  }

  struct Place: Encodable {
    let path: String
    let isLeaf: Bool
    /// `can be run` or `not yet`.
    let status: String
    let components: [String]

    private enum CodingKeys: String, CodingKey {
      case path, status, components
      case isLeaf = "is_leaf"
    }
  }

  let categories: [Category]
  let leafCount: Int
  let coveredCount: Int

  private enum CodingKeys: String, CodingKey {
    case categories
    case leafCount = "leaf_count"
    case coveredCount = "covered_count"
  }

  init(_ coverage: Coverage) {
    let places = coverage.places
    categories = coverage.taxonomy.categories.map { category in
      Category(
        name: category.name, leafCount: category.leaves.count, coveredCount: coverage.coveredLeaves(of: category).count,
        places: places.filter { $0.path.first == category.name }.map { place in
          let components = coverage.components(at: place)
          return Place(
            path: place.pathText, isLeaf: place.isLeaf, status: components.isEmpty ? Coverage.notYet : "can be run", components: components)
        })
    }
    leafCount = categories.reduce(0) { $0 + $1.leafCount }
    coveredCount = categories.reduce(0) { $0 + $1.coveredCount }
  }
}
