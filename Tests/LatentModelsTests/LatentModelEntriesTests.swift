import Configuration
import LatentModels
import Registry
import Testing
import Torch
import Weights

struct LatentModelEntriesTests {
  private func plan(_ arguments: Node) throws -> EntropyBottleneckPlan {
    try Catalogue(LatentModelEntries.all).build(Component<PriorKind>("compressai.entropy_models.EntropyBottleneck", arguments))
  }

  @Test func theDefaultsAreThoseOfTheClass() throws {
    let built = try plan(["channels": 5]).build(seeds: SeedSequence(2))
    #expect(try built.storedState() == EntropyBottleneck(channels: 5, seeds: SeedSequence(2)).storedState())
  }

  @Test func theTailMassIsTheTargetOfTheQuantiles() throws {
    let target = try plan(["channels": 1, "tail_mass": 0.5]).build(seeds: SeedSequence(2)).storedState()["target"]
    // ln(2 / 0.5 − 1) = ln 3.
    let values = try Tensor(#require(target)).elements()
    #expect(zip(values, [-1.0986123, 0, 1.0986123] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(values)")
  }

  @Test func otherWidthsCodeAndDecode() throws {
    let bottleneck = try plan(["channels": 2, "filters": [4], "init_scale": 6]).build(seeds: SeedSequence(2))
    try bottleneck.updateTables()
    let latent = try Tensor([0, 1, -3, 9, 2, -2] as [Float], shape: [1, 2, 1, 3])
    let decoded = try bottleneck.decompress(bottleneck.compress(latent), height: 1, width: 3)
    #expect(try decoded.elements() == latent.elements())
  }

  @Test(
    arguments: [
      ("channels", Node(.int(0)), "must be in 1 ... 4096"), ("filters", [0], "must be in 1 ... 256"), ("init_scale", 0, "must be positive"),
      ("tail_mass", 1, "must be between 0 and 1"), ("channels", .null, "is not known here"),
    ] as [(String, Node, String)])
  func mistakes(key: String, value: Node, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try plan(Node.map([(key, value)])) }
    #expect("\(error)".contains(key) && "\(error)".contains(sentence), "\(error)")
  }
}
