import Benchpresso
import Registry
import Taxonomy
import Testing

/// Every component that ships has its place in the taxonomy, or a reason for none, and its paper in a list.
struct ComponentsInTaxonomyTests {
  @Test(arguments: BuiltIn.entries.map(\.classPath))
  func hasAPlaceOrAReason(classPath: String) throws {
    let entry = try #require(BuiltIn.entries.first { $0.classPath == classPath })
    let bibliography = try Bibliography.shipped()
    #expect(!entry.summary.isEmpty && entry.summary.hasSuffix("."))
    #expect(entry.leaves.isEmpty != (entry.outside == nil), "a place, or the reason for none")
    for leaf in entry.leaves {
      let node = try #require(bibliography.taxonomy.node(path: leaf), "\(leaf)")
      #expect(node.path.count > 1, "\(leaf) is a category; name a part of it")
    }
    #expect(Set(entry.leaves).count == entry.leaves.count)
    if let paper = entry.paper { #expect(bibliography.publication(paper) != nil, "\(paper)") }
  }

  /// Works beside the taxonomy are there because a component names them.
  @Test func noWorkIsListedForNothing() throws {
    let named = Set(BuiltIn.entries.compactMap(\.paper))
    #expect(try Bibliography.shipped().others.map(\.key).filter { !named.contains($0) } == [])
  }

  /// How much of each branch can be run; it may grow, and each that is covered now stays so.
  @Test func coverage() throws {
    let taxonomy = try Taxonomy.shipped()
    let covered = Set(BuiltIn.entries.flatMap(\.leaves))
    for category in taxonomy.categories {
      let leaves = category.leaves
      print("\(category.name): \(leaves.count { covered.contains($0.pathText) }) of \(leaves.count) leaves can be run")
    }
    #expect(
      covered.isSuperset(of: [
        "Quantization/Scalar Quantization/Uniform Quantization", "Quantization/Scalar Quantization/Non-Uniform Quantization",
        "Quantization/Scalar Quantization/Stochastic Binarization",
        "Quantization/Vector Quantization/Soft-to-hard Vector Quantization", "Quantization/Vector Quantization/Universal Quantization",
        "Quantization/Vector Quantization/Variational Vector Quantization/Variational Entropy Constrained Vector Quantization",
        "Quantization/Vector Quantization/Variational Vector Quantization/Unified Multivariate Gaussian Mixture",
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Unified Multivariate Gaussian Mixture",
        "Architectural Archetypes/Non-linearity/Generalized Divisive Normalization",
        "Architectural Archetypes/Non-linearity/One Divisive Normalization",
        "Architectural Archetypes/Non-linearity/Generalized Subtractive Divisive Normalization",
        "Architectural Archetypes/Convolutional/Residual Blocks", "Context Models/Sequential/Autoregressive",
        "Hierarchical Priors/Local Context Modeling",
        "Context Models/Parallel Decoding/Channel and Spatial/Scanning Order and Dividing Technique",
        "Hierarchical Priors/Global Context Modeling/Attention Based Models/Non-local Attention Module",
        "Hierarchical Priors/Global Context Modeling/Attention Based Models/Self-Attention",
        "Hierarchical Priors/Global Context Modeling/Attention Based Models/Swin Transformer-based Attention",
        "Architectural Archetypes/Hierarchical Transformer/Local Attention/Shifting-window-based Attention",
        "Architectural Archetypes/Hierarchical Transformer/Local Attention/Transformer-CNN Mixture",
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Global Reference",
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Information Transformer",
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Joint Autoregressive and Hierarchical Priors",
        "Hierarchical Priors/Global Context Modeling/Joint Priors/Multi-layered Hyperpriors",
      ]))
  }
}
