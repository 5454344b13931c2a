import Taxonomy
import Testing

struct TaxonomyLookupTests {
  @Test(arguments: [
    ("Context Models/Parallel Decoding/Checkerboard", "Context Models/Parallel Decoding/Checkerboard"),
    ("context models / parallel decoding / checkerboard context model", "Context Models/Parallel Decoding/Checkerboard"),
    ("checker", "Context Models/Parallel Decoding/Checkerboard"), ("CCM", "Context Models/Parallel Decoding/Checkerboard"),
    ("context-model", "Context Models"), ("quantization", "Quantization"),
    ("Context Models/Checkerboard", "Context Models/Parallel Decoding/Checkerboard"),
    ("GDN", "Architectural Archetypes/Non-linearity/Generalized Divisive Normalization"),
    ("1dn", "Architectural Archetypes/Non-linearity/One Divisive Normalization"), ("5.5.2", "Variable Rate/Residual Coding"),
    ("5.2", "Architectural Archetypes"), ("side information", "Hierarchical Priors"),
    ("non linearity", "Architectural Archetypes/Non-linearity"),
    ("vector/unified", "Quantization/Vector Quantization/Variational Vector Quantization/Unified Multivariate Gaussian Mixture"),
    ("octave", "Architectural Archetypes/Convolutional/Octave Convolutions"),
    ("causal context modeling", "Hierarchical Priors/Local Context Modeling"), ("direct", "Variable Rate/Scaling Parameters/Direct"),
  ])
  func finds(text: String, path: String) throws { #expect(try Taxonomy.shipped().find(text).pathText == path) }

  @Test func everyPathFindsItself() throws {
    let taxonomy = try Taxonomy.shipped()
    for node in taxonomy.nodes {
      #expect(try taxonomy.find(node.pathText) == node)
      #expect(try taxonomy.find(node.pathText.lowercased()) == node)
    }
  }

  @Test(arguments: [
    (
      "Chekerboard",
      "there is no 'Chekerboard' in the taxonomy; did you mean 'Context Models/Parallel Decoding/Checkerboard'? 'benchpresso taxonomy' shows "
        + "all of it"
    ),
    ("nothing like it", "there is no 'nothing like it' in the taxonomy. 'benchpresso taxonomy' shows all of it"),
    ("/", "there is no '/' in the taxonomy. 'benchpresso taxonomy' shows all of it"),
    ("", "there is no '' in the taxonomy. 'benchpresso taxonomy' shows all of it"),
    (
      "neighborhood",
      "'neighborhood' could be 'Architectural Archetypes/Hierarchical Transformer/Local Attention/Residual Neighborhood Attention' or "
        + "'Architectural Archetypes/Convolutional/Residual Blocks/Residual Neighborhood Attention'; write more of the path"
    ),
  ])
  func tellsWhatItDoesNotFind(text: String, message: String) throws {
    let taxonomy = try Taxonomy.shipped()
    let error = #expect(throws: TaxonomyError.self) { try taxonomy.find(text) }
    #expect(error?.description == message)
  }

  @Test(arguments: [("74", "minnen2018joint"), ("[107]", "ziv1985universal"), ("Minnen2018Joint", "minnen2018joint")])
  func findsPublications(text: String, key: String) throws { #expect(try Taxonomy.shipped().findPublication(text).key == key) }

  @Test(arguments: [
    ("minen2018joint", ["minnen2018joint"]), ("minen", ["minnen2020channel", "minnen2018joint"]),
    ("zhu2022", ["zhu2022unified", "zhu2022transformer"]),
    ("999", []), ("", nil),
  ])
  func suggestsPublications(text: String, keys: [String]?) throws {
    let taxonomy = try Taxonomy.shipped()
    let error = #expect(throws: TaxonomyError.self) { try taxonomy.findPublication(text) }
    guard case .unknownPublication(text, let near)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
    if let keys { #expect(near == keys) }
  }
}
