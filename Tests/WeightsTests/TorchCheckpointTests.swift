import Testing

@testable import Weights

@Suite struct TorchCheckpointTests {
  @Test(arguments: ["bmshj2018-factorized", "bmshj2018-factorized-relu"])
  func compressAIModelsEqualTheirSafeTensors(model: String) throws {
    let checkpoint = try TorchCheckpoint.read(Fixture.path("compressai/\(model)/checkpoint.pth"))
    let tensors = try WeightsFile.read(Fixture.path("compressai/\(model)/weights.safetensors"))
    #expect(checkpoint.count > 20)
    #expect(checkpoint.sortedByName().elementsEqual(tensors.sortedByName()) { $0 == $1 })
    #expect(checkpoint.sha256 == tensors.sha256)
    #expect(checkpoint["entropy_bottleneck.quantiles"]?.shape == [16, 1, 3])
    #expect(checkpoint["entropy_bottleneck._cdf_length"]?.type == .int32)
  }

  @Test func checkpointsOfPyTorch() throws {
    let expected = try Fixture.expectedCheckpoints()
    #expect(expected.count > 10)
    for (file, tensors) in expected { #expect(try TorchCheckpoint.read(Fixture.path("checkpoints/\(file)")) == tensors, "\(file)") }
  }

  @Test func wholeModelsAreRefused() {
    let found = problem { try TorchCheckpoint.read(Fixture.path("checkpoints/whole-model.pth")) }
    #expect(found == .forbiddenGlobal("torch.nn.modules.container.Sequential"))
    #expect(found?.description.contains("refusing to run code from a checkpoint") == true)
  }

  @Test func checkpointsWithoutTensorsAreRefused() {
    #expect(problem { try TorchCheckpoint.read(Fixture.path("checkpoints/no-tensors.pth")) } == .noTensors(keys: ["epoch", "lr"]))
  }

  private static func decode(_ value: [UInt8], byteOrder: String = "little") throws(WeightsError) -> StoredTensors {
    try TorchCheckpoint.decode(Build.checkpoint(value, byteOrder: byteOrder), name: "c.pth")
  }

  @Test func viewsAreMadeContiguous() throws {
    let tensors = try Self.decode(
      Build.dictionary([
        ("transposed", Build.tensor(shape: [2, 2], strides: [1, 2])),
        ("expanded", Build.tensor(offset: 1, shape: [2, 2], strides: [0, 1])),
        ("strange", Build.tensor(offset: 3, shape: [1, 1], strides: [.max, .max])),
        ("column", Build.tensor(shape: [2, 1], strides: [2, .max])),
        ("empty", Build.tensor(offset: 99, shape: [0, .max], strides: [7, 7])),
      ]))
    #expect(tensors["transposed"]?.floats == [1, 3, 2, 4])
    #expect(tensors["expanded"]?.floats == [2, 3, 2, 3])
    #expect(tensors["column"]?.floats == [1, 3])
    #expect(tensors["empty"]?.shape == [0, .max])
  }

  private static let outsideViews: [(Int, [Int], [Int])] = [
    (0, [5], [1]), (-1, [1], [1]), (4, [1], [1]), (0, [2], [4]), (0, [2], [.max]), (0, [.max], [1]), (0, [3, 3], [.max, .max]),
    (.max, [1], [1]),
    (0, [-1], [1]), (0, [2], [-1]), (1, [2], [.min]), (0, [2, 2], [1]), (0, [.max, .max], [0, 0]),
  ]

  @Test(arguments: outsideViews)
  func viewsOutsideTheirStorageAreRefused(offset: Int, shape: [Int], strides: [Int]) {
    let found = problem { try Self.decode(Build.dictionary([("w", Build.tensor(offset: offset, shape: shape, strides: strides))])) }
    #expect(found == .outsideStorage(tensor: "w", storage: "0"))
  }

  @Test func repeatedElementsHaveALimit() {
    let found = problem { try Self.decode(Build.dictionary([("w", Build.tensor(shape: [1 << 40], strides: [0]))])) }
    guard case .tooLarge = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test func otherRefusals() {
    let tensor = Build.dictionary([("w", Build.tensor(shape: [4], strides: [1]))])
    #expect(problem { try Self.decode(tensor) } == nil)
    #expect(problem { try Self.decode(tensor, byteOrder: "big") } == .bigEndian)
    #expect(
      problem { try Self.decode(Build.dictionary([("w", Build.tensor(key: "9", shape: [4], strides: [1]))])) } == .missingEntry("c/data/9"))
    #expect(problem { try TorchCheckpoint.decode(Build.zip([("x", [])]), name: "c") } == .missingEntry("data.pkl"))
    #expect(
      problem { try TorchCheckpoint.decode(Build.zip([("x/data.pkl", []), ("x/constants.pkl", [])]), name: "c") } == .compiledProgram)
    #expect(
      problem { try TorchCheckpoint.decode(SafeTensors.encode(StoredTensors()), name: "c") }
        == .unknownFormat(looksLike: "a safetensors file"))
  }

  @Test func nestedDictionariesArePreferred() throws {
    let tensor = Build.tensor(shape: [4], strides: [1])
    let tensors = try Self.decode(
      Build.dictionary([
        ("loss", tensor), ("model", Build.dictionary([("state_dict", Build.dictionary([("module.module.w", tensor)])), ("x", tensor)])),
        ("network", Build.dictionary([("n", Build.integer(1))])),
      ]))
    #expect(tensors.names == ["w"])
  }

  @Test func aDictionaryInsideItselfEnds() throws {
    // d = {}; d["model"] = d, then a tensor beside it.
    let cycle =
      [UInt8(ascii: "}"), UInt8(ascii: "q"), 0] + Build.text("model") + [UInt8(ascii: "h"), 0, UInt8(ascii: "s")]
      + Build.text("w") + Build.tensor(shape: [4], strides: [1]) + [UInt8(ascii: "s")]
    #expect(try Self.decode(cycle).names == ["w"])
  }

  @Test func dictionariesNestedTooDeeplyAreNotSearched() {
    let tensor = Build.tensor(shape: [4], strides: [1])
    let deep = (0..<2000).reduce(Build.dictionary([("w", tensor)])) { nested, _ in Build.dictionary([("model", nested)]) }
    #expect(problem { try Self.decode(deep) } == .noTensors(keys: ["model"]))
  }
}
