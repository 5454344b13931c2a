import Images
import LatentModels
import Models
import SafeFiles
import Testing
import Torch
import Weights

/// Against CompressAI 1.2.8 on torch 2.13.0+cpu with one thread.
@Suite(.serialized) struct ParityTests {
  @Test(arguments: Fixture.names, ["checkpoint.pth", "weights.safetensors"])
  func latentAndReconstruction(name: String, weights: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model(weights: weights)
    try withoutGradients {
      let x = try fixture.tensor("x")
      #expect(try largestDifference(model.analyze(x), fixture.tensor("y")) < 1e-5)
      let output = try model.forward(x, noise: nil)
      #expect(try largestDifference(output.reconstruction, fixture.tensor("x_hat_eval")) < 1e-5)
      #expect(output.likelihoods.map(\.name) == ["y"])
      let bits = try output.likelihoods.reduce(0) { sum, each in
        sum - (try each.tensor.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
      }
      let expected = fixture.expected.eval.bits.values.reduce(0, +)
      #expect(abs(bits - expected) < 1e-5 * expected)
    }
  }

  @Test(arguments: Fixture.names)
  func picturesBecomeTheSameTensor(name: String) throws {
    let fixture = try Fixture(name)
    let image = try ImageFile.read(fixture.path("input.png"))
    let x = try Tensor.pictures(interleaved: image.pixels, count: 1, height: image.height, width: image.width)
    #expect(try largestDifference(x, fixture.tensor("x")) == 0)
  }

  @Test(arguments: Fixture.names)
  func payloadAndDecodedPicture(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model()
    let coded = try model.compress(fixture.tensor("x"))
    #expect(coded.payloads == [[try FileBytes.read(fixture.path("string0.bin"))]])
    #expect([coded.latentHeight, coded.latentWidth] == fixture.expected.shape)
    #expect(coded.byteCount == fixture.expected.bytes.reduce(0, +))
    let decoded = try model.decompress(coded)
    #expect(try largestDifference(decoded, fixture.tensor("x_hat_decoded")) < 1e-5)
    try expectSamePicture(decoded.interleavedSamples(), ImageFile.read(fixture.path("decoded.png")).pixels)
  }

  /// Another memory layout or number of threads may change the last bits, never the payload.
  @Test(arguments: Fixture.names, [(1, MemoryFormat.channelsLast), (2, .contiguous), (2, .channelsLast)])
  func otherLayoutsAndThreads(name: String, setting: (threads: Int, format: MemoryFormat)) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model()
    try Runtime.setThreads(setting.threads)
    defer { try? Runtime.setThreads(1) }
    let coded = try model.compress(fixture.tensor("x").contiguous(setting.format))
    #expect(coded.payloads == [[try FileBytes.read(fixture.path("string0.bin"))]])
    try expectSamePicture(model.decompress(coded).interleavedSamples(), ImageFile.read(fixture.path("decoded.png")).pixels)
  }

  @Test(arguments: Fixture.names)
  func tablesComputedAgain(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.model()
    let before = try model.storedState()
    try model.updateTables()
    let after = try model.storedState()
    for name in ["_quantized_cdf", "_cdf_length", "_offset"].map({ "entropy_bottleneck.\($0)" }) {
      #expect(before[name] != nil && before[name] == after[name], "\(name)")
    }
  }

  @Test(arguments: Fixture.names)
  func auxiliaryLoss(name: String) throws {
    let fixture = try Fixture(name)
    let loss = try fixture.model().auxiliaryLoss().item()
    // A sum of differences of logits near 21, whose last bit is 2e-6.
    #expect(abs(loss - fixture.expected.auxiliaryLoss) < 1e-5 * fixture.expected.auxiliaryLoss)
  }

  @Test func stateHasCompressAIsNames() throws {
    let fixture = try Fixture("bmshj2018-factorized")
    let file = try WeightsFile.read(fixture.path("weights.safetensors"))
    let state = try fixture.model().storedState()
    #expect(Set(state.names) == Set(file.names))
    for name in file.names { #expect(state[name] == file[name], "\(name)") }
  }

  @Test func weightsOfAnotherArchitectureAreRefused() throws {
    let other = try ModelWeights(path: Fixture("bmshj2018-factorized-relu").path("checkpoint.pth"))
    let model = try Fixture("bmshj2018-factorized").model()
    #expect(throws: StateMismatch.self) { try model.load(other.tensors) }
  }

  @Test func moreThanOnePayloadIsRefused() throws {
    let model = try Fixture("bmshj2018-factorized").model()
    #expect(throws: LatentModelError.self) {
      try model.decompress(CodedBatch(payloads: [[[]], [[]]], latentHeight: 1, latentWidth: 1))
    }
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left - right).absolute().maximumElement().item()
  }
}
