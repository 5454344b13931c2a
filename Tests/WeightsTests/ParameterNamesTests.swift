import Testing

@testable import Weights

@Suite struct ParameterNamesTests {
  private static func current(_ names: [String]) throws(WeightsProblem) -> [String] {
    try ParameterNames.current(StoredTensors(names.map { ($0, StoredTensor([1] as [Int32], shape: [])) })).names
  }

  private static let renamings: [([String], [String])] = [
    (["entropy_bottleneck._matrices.0"], ["entropy_bottleneck.matrices.0"]),
    (["entropy_bottleneck._bias3"], ["entropy_bottleneck.biases.3"]),
    (["entropy_bottleneck._matrix12", "h._factor0"], ["entropy_bottleneck.matrices.12", "h.factors.0"]), (["_matrix0"], ["matrices.0"]),
    (["module.a", "module.b"], ["a", "b"]), (["module._orig_mod.module.a"], ["a"]), (["module.a", "b"], ["module.a", "b"]),
    (["entropy_bottleneck.x", "g_a.0.downsample.weight"], ["entropy_bottleneck.x", "g_a.0.skip.weight"]),
    (["layer1.downsample.0"], ["layer1.downsample.0"]),
    (
      ["a._matrix", "a._bias_0", "a._matrices.x", "_offset", "a..b", ""],
      ["a._matrix", "a._bias_0", "a._matrices.x", "_offset", "a..b", ""]
    ), ([], []),
    (["entropy_bottleneck.matrices.0", "entropy_bottleneck._offset"], ["entropy_bottleneck.matrices.0", "entropy_bottleneck._offset"]),
  ]

  @Test(arguments: renamings)
  func renames(old: [String], new: [String]) throws {
    #expect(try Self.current(old) == new)
  }

  @Test func keepsTheTensors() throws {
    let tensors = StoredTensors([
      ("module.b", StoredTensor([1] as [Int32], shape: [])), ("module.a", StoredTensor([2] as [Int32], shape: [])),
    ])
    #expect(try ParameterNames.current(tensors)["b"]?.integers == [1])
  }

  @Test func twoTensorsWithOneNameAreRefused() {
    #expect(problem { try Self.current(["e._matrices.0", "e.matrices.0"]) } == .duplicateName("e.matrices.0"))
  }
}
