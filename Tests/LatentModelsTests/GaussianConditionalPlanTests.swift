import Configuration
import EntropyCoding
import LatentModels
import Registry
import Testing
import Torch
import Weights

/// `prior.GaussianConditional` as a configuration names it.
struct GaussianConditionalPlanTests {
  private func build(_ arguments: Node) throws -> GaussianConditional {
    let component = Component<ConditionalPriorKind>("prior.GaussianConditional", arguments)
    return try Catalogue(LatentModelEntries.all).build(component, as: GaussianConditionalPlan.self).build()
  }

  @Test func theDefaultsAreThoseOfTheClass() throws {
    let (built, plain) = (try build([:]), try GaussianConditional())
    try built.updateTables()
    try plain.updateTables()
    #expect(try built.storedState() == plain.storedState())
  }

  @Test func fewerTablesCode() throws {
    let model = try build(["scales_min": 0.5, "scales_max": 8, "scales_levels": 3, "scale_bound": 0.2, "tail_mass": 1e-4])
    try model.updateTables()
    let state = try model.storedState()
    let scales: [Float] = try Tensor(#require(state["scale_table"])).elements()
    let expected: [Float] = [0.5, 2, 8]
    #expect(scales.count == 3 && zip(scales, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(scales)")
    // 3.8906 scales hold all but 10⁻⁴: rows of 2·⌈3.8906·s⌉ + 3 entries.
    let lengths = try model.tables().lengths
    #expect(lengths == [7, 19, 67])
    let numbers: [Float] = [0, 1, -3, 90]
    let latent = try Tensor(numbers, shape: [1, 1, 2, 2])
    let predicted: [Float] = [0.1, 0.7, 3, 100]
    let parameters = GaussianParameters(scales: try Tensor(predicted, shape: [1, 1, 2, 2]))
    #expect(try model.indexes(of: parameters.scales).elements(Int32.self) == [0, 1, 2, 2])
    let decoded = try model.decompress(model.compress(latent, parameters: parameters), parameters: parameters)
    #expect(try decoded.elements() == latent.elements())
  }

  @Test(
    arguments: [
      ("scales_min", 0, "must be in 0.001 ... 10000, found 0.0"), ("scales_max", 0.1, "must be more than scales_min"),
      ("scales_max", 6000, "with this tail_mass, at most 5363, found 6000.0"), ("scales_levels", 1, "must be in 2 ... 1024"),
      ("tail_mass", 1, "must be at least 1e-12 and less than 1"), ("scale_bound", -1, "must be in 0.001"),
    ] as [(String, Node, String)])
  func mistakes(key: String, value: Node, sentence: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try build(.map([(key, value)])) }
    #expect(error.map { "\($0)".contains(key) && "\($0)".contains(sentence) } == true, "\(String(describing: error))")
  }
}
