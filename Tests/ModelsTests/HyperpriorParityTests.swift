import Images
import LatentModels
import Models
import SafeFiles
import Testing
import Torch
import Weights

/// The models with a hyperprior against CompressAI 1.2.8 on torch 2.13.0+cpu with one thread.
@Suite(.serialized) struct HyperpriorParityTests {
  @Test(arguments: Fixture.hyperpriorNames)
  func latentsParametersAndReconstruction(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.hyperpriorModel()
    try withoutGradients {
      let y = try model.analyze(fixture.picture())
      #expect(try largestDifference(y, fixture.tensor("y")) < 1e-5)
      let z = try model.hyperAnalyze(y)
      #expect(try largestDifference(z, fixture.tensor("z")) < 1e-5)
      let quantized = try model.parts.entropyBottleneck.quantized(z)
      #expect(try largestDifference(quantized, fixture.tensor("z_hat")) < 1e-5)
      #expect(try largestDifference(model.parts.hyperSynthesis.forward(quantized), fixture.tensor("params")) < 1e-5)
      let output = try model.forward(fixture.picture(), noise: nil)
      #expect(try largestDifference(output.reconstruction, fixture.tensor("x_hat_eval")) < 1e-5)
    }
  }

  @Test(arguments: Fixture.hyperpriorNames)
  func estimatedBits(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.hyperpriorModel()
    let likelihoods = try model.likelihoods(of: fixture.picture())
    #expect(likelihoods.map(\.name) == ["z", "y"])
    for (name, tensor) in likelihoods {
      let bits = -(try tensor.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
      let expected = try #require(fixture.expected.eval.bits[name])
      #expect(abs(bits - expected) < 1e-5 * expected, "\(name): \(bits), not \(expected)")
    }
  }

  @Test(arguments: Fixture.hyperpriorNames)
  func payloadsAndDecodedPicture(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.hyperpriorModel()
    let theirs = CodedBatch(
      payloads: [[try FileBytes.read(fixture.path("string0.bin"))], [try FileBytes.read(fixture.path("string1.bin"))]],
      latentHeight: fixture.expected.shape[0], latentWidth: fixture.expected.shape[1])
    let ours = try model.compress(fixture.picture())
    #expect(ours == theirs)
    #expect(ours.payloads.map { $0[0].count } == fixture.expected.bytes)
    let decoded = try model.decompress(theirs)
    #expect(try largestDifference(decoded, fixture.tensor("x_hat_eval").clamped(from: 0, to: 1)) < 1e-5)
    try expectSamePicture(decoded.interleavedSamples(), ImageFile.read(fixture.path("decoded.png")).pixels)
  }

  /// Another memory layout or number of threads may change the last bits, never the payloads; each decodes what the others wrote.
  @Test(arguments: Fixture.hyperpriorNames, [(1, MemoryFormat.channelsLast), (2, .contiguous), (2, .channelsLast)])
  func otherLayoutsAndThreads(name: String, setting: (threads: Int, format: MemoryFormat)) throws {
    let fixture = try Fixture(name)
    let model = try fixture.hyperpriorModel()
    try Runtime.setThreads(setting.threads)
    defer { try? Runtime.setThreads(1) }
    let coded = try model.compress(fixture.picture(setting.format))
    #expect(coded.payloads == [[try FileBytes.read(fixture.path("string0.bin"))], [try FileBytes.read(fixture.path("string1.bin"))]])
    try expectSamePicture(model.decompress(coded).interleavedSamples(), ImageFile.read(fixture.path("decoded.png")).pixels)
  }

  /// A picture has the same payloads in a batch as alone, and is decoded from either.
  @Test(arguments: Fixture.hyperpriorNames)
  func batches(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.hyperpriorModel()
    let pictures = try [fixture.picture(), fixture.picture() * 0.5, fixture.picture().squared()]
    let together = try model.compress(Tensor.concatenated(pictures))
    let decoded = try model.decompress(together)
    for (index, picture) in pictures.enumerated() {
      let alone = try model.compress(picture)
      #expect(alone.payloads == together.payloads.map { [$0[index]] })
      let sample = try model.decompress(alone)
      #expect(try largestDifference(decoded.narrowed(0, from: index, length: 1), sample) < 1e-5)
    }
  }

  @Test(arguments: Fixture.hyperpriorNames)
  func tablesComputedAgain(name: String) throws {
    let model = try Fixture(name).hyperpriorModel()
    let before = try model.storedState()
    try model.updateTables()
    let after = try model.storedState()
    let names = ["entropy_bottleneck", "gaussian_conditional"].flatMap { part in
      ["_quantized_cdf", "_cdf_length", "_offset"].map { "\(part).\($0)" }
    }
    for name in names { #expect(before[name] != nil && before[name] == after[name], "\(name)") }
  }

  @Test(arguments: Fixture.hyperpriorNames)
  func auxiliaryLoss(name: String) throws {
    let fixture = try Fixture(name)
    let loss = try fixture.hyperpriorModel().auxiliaryLoss().item()
    // A sum of differences of logits near 21, whose last bit is 2e-6.
    #expect(abs(loss - fixture.expected.auxiliaryLoss) < 1e-5 * fixture.expected.auxiliaryLoss)
  }

  @Test(arguments: Fixture.hyperpriorNames)
  func stateHasCompressAIsNames(name: String) throws {
    let fixture = try Fixture(name)
    let file = try ModelWeights(path: fixture.path("checkpoint.pth")).tensors
    let state = try fixture.hyperpriorModel().storedState()
    #expect(Set(state.names) == Set(file.names))
    for name in file.names { #expect(state[name] == file[name], "\(name)") }
    // What no training changes is the same before any file is read.
    let untrained = try fixture.untrainedHyperpriorModel().storedState()
    for name in ["scale_table", "scale_bound", "lower_bound_scale.bound", "likelihood_lower_bound.bound"].map({
      "gaussian_conditional.\($0)"
    }) {
      #expect(untrained[name] == file[name], "\(name)")
    }
  }

  @Test func weightsOfAnotherArchitectureAreRefused() throws {
    let other = try ModelWeights(path: Fixture("bmshj2018-hyperprior").path("checkpoint.pth"))
    let model = try Fixture("mbt2018-mean").hyperpriorModel()
    #expect(throws: StateMismatch.self) { try model.load(other.tensors) }
  }

  @Test(arguments: Fixture.hyperpriorNames)
  func wrongNumbersOfPayloadsAreRefused(name: String) throws {
    let model = try Fixture(name).hyperpriorModel()
    for payloads in [[], [[[]]], [[[]], [[]], [[]]], [[[]], [[], []]]] as [[[[UInt8]]]] {
      #expect(throws: (any Error).self) { try model.decompress(CodedBatch(payloads: payloads, latentHeight: 1, latentWidth: 1)) }
    }
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left - right).absolute().maximumElement().item()
  }
}
