import EntropyCoding
import Images
import LatentModels
import Models
import SafeFiles
import Testing
import Torch
import Weights

/// The models with a context model against CompressAI 1.2.8 on torch 2.13.0+cpu with one thread.
@Suite(.serialized) struct AutoregressiveParityTests {
  @Test(arguments: Fixture.autoregressiveNames)
  func latents(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    try withoutGradients {
      let y = try model.analyze(fixture.picture())
      #expect(try largestDifference(y, fixture.tensor("y")) < 1e-5)
      let z = try model.hyperAnalyze(y)
      #expect(try largestDifference(z, fixture.tensor("z")) < 1e-5)
      let quantized = try model.parts.entropyBottleneck.quantized(z)
      #expect(try largestDifference(quantized, fixture.tensor("z_hat")) < 1e-5)
      #expect(try largestDifference(model.parts.hyperSynthesis.forward(quantized), fixture.tensor("params")) < 1e-5)
    }
  }

  /// CompressAI estimates with a latent that is rounded without its means, which no file holds.
  @Test(arguments: Fixture.autoregressiveNames)
  func estimateOfCompressAI(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel(.wholeNumbers)
    let output = try withoutGradients { try model.forward(fixture.picture(), noise: nil) }
    #expect(try largestDifference(output.reconstruction, fixture.tensor("x_hat_eval")) < 1e-5)
    #expect(output.likelihoods.map(\.name) == ["z", "y"])
    for (name, tensor) in output.likelihoods {
      let expected = try #require(fixture.expected.eval.bits[name])
      let bits = try bits(tensor)
      #expect(abs(bits - expected) < 1e-5 * expected, "\(name): \(bits), not \(expected)")
    }
  }

  /// What is estimated is what is coded: the same ŷ, and bits that the payload needs.
  @Test(arguments: Fixture.autoregressiveNames)
  func theEstimateFollowsWhatIsCoded(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    let output = try withoutGradients { try model.forward(fixture.picture(), noise: nil) }
    let pictures = try output.reconstruction.clamped(from: 0, to: 1)
    #expect(try largestDifference(pictures, model.decompress(model.compress(fixture.picture()))) == 0)
    let y = try bits(output.likelihoods[1].tensor)
    let coded = Double(8 * fixture.expected.bytes[0])
    // The state of the coder takes up to 64 bits. What is improbable costs at most 16 bits and an escape, but up to 30 in the estimate.
    #expect(y > coded - 64 - 0.02 * coded && y < 1.1 * coded, "\(y) bits for \(coded)")
  }

  /// Place by place and as a whole, in another order of sums.
  @Test(arguments: Fixture.autoregressiveNames)
  func theWalkPredictsWhatTheNetworksDo(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    try withoutGradients {
      let hyper = try fixture.tensor("params")
      let (values, found) = try model.contextModel.quantized(fixture.tensor("y"), hyper: hyper)
      let expected = try model.contextModel.forward(values, hyper: hyper)
      #expect(try largestDifference(found.scales, expected.scales) < 1e-5)
      #expect(try largestDifference(#require(found.means), #require(expected.means)) < 1e-5)
      let wholes = try values - #require(found.means)
      #expect(try largestDifference(wholes, wholes.rounded()) < 1e-5)
    }
  }

  /// Not with `cheng2020-anchor`; see ``theAnchorsPayloadWithFusedOperationsAgreesUntilATableHangsOnThem()``.
  @Test(arguments: ["mbt2018", "cheng2020-attn"])
  func payloadsAndDecodedPicture(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    let theirs = try fixture.coded()
    let ours = try model.compress(fixture.picture())
    #expect(ours == theirs)
    #expect(ours.payloads.map { $0[0].count } == fixture.expected.bytes)
    let decoded = try model.decompress(theirs)
    // Last bits of the means grow from place to place: CompressAI's own are up to 4·10⁻⁴ from those of 64 bits at the end of `cheng2020-attn`.
    #expect(try largestDifference(decoded, fixture.tensor("x_hat_decoded")) < 1e-3)
    try expectNearly(decoded.interleavedSamples(), ImageFile.read(fixture.path("decoded.png")).pixels, perThousand: 4)
  }

  /// From y and ψ on no library's arithmetic matters, so this holds on every machine.
  ///
  /// For `cheng2020-anchor` it is the payload that CompressAI writes where its convolutions do without fused products and sums.
  @Test(arguments: [("mbt2018", "string0.bin"), ("cheng2020-attn", "string0.bin"), ("cheng2020-anchor", "unfused/string0.bin")])
  func theSerialPartGivesCompressAIsBytes(name: String, file: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    let hyper = try fixture.tensor("params")
    let payload = try FileBytes.read(fixture.path(file))
    let (context, conditional) = (model.contextModel, model.parts.gaussianConditional)
    #expect(try context.compress(fixture.tensor("y"), hyper: hyper, conditional: conditional) == [payload])
    let values = try context.decompress([payload], hyper: hyper, conditional: conditional)
    #expect(try largestDifference(values, context.quantized(fixture.tensor("y"), hyper: hyper).values) == 0)
  }

  /// In this model the means amplify each other: a last bit has become 10⁻³ after 80 places.
  ///
  /// There, at place 86, CompressAI's arithmetic with fused operations takes two tables that neither 64 bits nor its own arithmetic without them
  /// take, and the rest of its payload means nothing to anyone else. Until then the payloads say the same.
  @Test func theAnchorsPayloadWithFusedOperationsAgreesUntilATableHangsOnThem() throws {
    let fixture = try Fixture("cheng2020-anchor")
    let model = try fixture.autoregressiveModel()
    let ours = try model.compress(fixture.picture())
    let theirs = try fixture.coded()
    #expect(ours.payloads[1] == theirs.payloads[1])
    #expect(ours.payloads[0][0].count == theirs.payloads[0][0].count)
    let (values, parameters) = try model.contextModel.quantized(fixture.tensor("y"), hyper: fixture.tensor("params"))
    let wholes = try placesFirst((values - #require(parameters.means)).rounded()).elements(Float.self)
    let indexes = try placesFirst(model.parts.gaussianConditional.indexes(of: parameters.scales)).elements(Int32.self)
    let tables = try model.parts.gaussianConditional.tables()
    var decoder = try RANSDecoder(theirs.payloads[0][0])
    let count = 86 * model.contextModel.channels
    let symbols = try decoder.decode(indexes: Array(indexes[..<count]), tables: tables)
    #expect(symbols.map(Float.init) == Array(wholes[..<count]))
  }

  /// Another memory layout or number of threads may change the last bits, never the payloads; each decodes what the others wrote.
  @Test(arguments: Fixture.autoregressiveNames, [(1, MemoryFormat.channelsLast), (2, .contiguous), (2, .channelsLast)])
  func otherLayoutsAndThreads(name: String, setting: (threads: Int, format: MemoryFormat)) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    let reference = try model.compress(fixture.picture())
    let samples = try model.decompress(reference).interleavedSamples()
    try Runtime.setThreads(setting.threads)
    defer { try? Runtime.setThreads(1) }
    let coded = try model.compress(fixture.picture(setting.format))
    #expect(coded == reference)
    try expectNearly(model.decompress(coded).interleavedSamples(), samples)
  }

  /// A picture has the same payloads in a batch as alone, and is decoded from either.
  @Test(arguments: Fixture.autoregressiveNames)
  func batches(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
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

  @Test(arguments: Fixture.autoregressiveNames)
  func tablesAndAuxiliaryLoss(name: String) throws {
    let fixture = try Fixture(name)
    let model = try fixture.autoregressiveModel()
    let loss = try model.auxiliaryLoss().item()
    // A sum of differences of logits near 21, whose last bit is 2e-6.
    #expect(abs(loss - fixture.expected.auxiliaryLoss) < 1e-5 * max(fixture.expected.auxiliaryLoss, 21))
    let before = try model.storedState()
    try model.updateTables()
    let after = try model.storedState()
    let names = ["entropy_bottleneck", "gaussian_conditional"].flatMap { part in
      ["_quantized_cdf", "_cdf_length", "_offset"].map { "\(part).\($0)" }
    }
    for name in names { #expect(before[name] != nil && before[name] == after[name], "\(name)") }
  }

  @Test(arguments: Fixture.autoregressiveNames)
  func stateHasCompressAIsNames(name: String) throws {
    let fixture = try Fixture(name)
    let file = try ModelWeights(path: fixture.path("checkpoint.pth")).tensors
    let state = try fixture.autoregressiveModel().storedState()
    #expect(Set(state.names) == Set(file.names))
    for name in file.names { #expect(state[name] == file[name], "\(name)") }
    // What no training changes is the same before any file is read.
    let untrained = try fixture.untrainedAutoregressiveModel().storedState()
    #expect(untrained["context_prediction.mask"] == file["context_prediction.mask"])
  }

  @Test(arguments: Fixture.autoregressiveNames)
  func wrongNumbersOfPayloadsAreRefused(name: String) throws {
    let model = try Fixture(name).autoregressiveModel()
    for payloads in [[], [[[]]], [[[]], [[]], [[]]], [[[]], [[], []]]] as [[[[UInt8]]]] {
      #expect(throws: (any Error).self) { try model.decompress(CodedBatch(payloads: payloads, latentHeight: 1, latentWidth: 1)) }
    }
  }

  private func placesFirst(_ tensor: Tensor) throws -> Tensor { try tensor.permuted([0, 2, 3, 1]).contiguous() }

  /// At most some samples of a thousand differ, by one.
  private func expectNearly(
    _ found: [UInt8], _ expected: [UInt8], perThousand limit: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let differences = zip(found, expected).map { abs(Int($0) - Int($1)) }
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    #expect(differences.allSatisfy { $0 <= 1 }, sourceLocation: sourceLocation)
    #expect(differences.filter { $0 > 0 }.count * 1000 <= limit * found.count, sourceLocation: sourceLocation)
  }

  private func bits(_ likelihoods: Tensor) throws -> Double {
    -(try likelihoods.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
  }

  private func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    return try (left - right).absolute().maximumElement().item()
  }
}
