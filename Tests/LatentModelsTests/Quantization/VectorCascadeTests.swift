import Layers
import Testing
import Torch
import Weights

@testable import LatentModels

/// Levels of codebooks with networks between, from latent to streams and back.
@Suite(.serialized) struct VectorCascadeTests {
  static func coding(sizes: [Int] = [16, 8], reassignmentSteps: Int = 0, seed: UInt64 = 3) throws -> CascadedVectorCoding {
    try Runtime.setThreads(1)
    return CascadedVectorCoding(
      try VectorCascade(
        channels: 4, groups: 2, sizes: sizes, reassignmentSteps: reassignmentSteps,
        nonlinearity: { try GeneralizedDivisiveNormalization(channels: $0, inverse: $1) }, seeds: SeedSequence(seed)))
  }

  /// Several steps of counting, so that the frequencies differ.
  private static func train(_ coding: CascadedVectorCoding, steps: Range<Int>) throws {
    for step in steps {
      try coding.cascade.setStep(step)
      let latent = try Tensor.normal([2, 4, 16, 8], standardDeviation: 3, seed: UInt64(step))
      _ = try coding.cascade.inTraining {
        try coding.forward(latent, name: "y", noise: SampleNoise(seed: 1, step: step, indices: [0, 1]))
      }
    }
  }

  @Test(arguments: [[6], [16, 8], [4, 3, 2]]) func whatIsCodedIsDecoded(sizes: [Int]) throws {
    let coding = try Self.coding(sizes: sizes)
    try Self.train(coding, steps: 1..<8)
    try coding.updateTables()
    let latent = try Tensor.normal([3, 4, 24, 16], standardDeviation: 3, seed: 5)
    let streams = try coding.compress(latent)
    #expect(streams.count == sizes.count && streams.allSatisfy { $0.count == 3 })
    let (values, likelihoods) = try coding.forward(latent, name: "y", noise: nil)
    #expect(try coding.decompress(streams, height: 24, width: 16).elements() == values.detached().elements())
    #expect(values.shape == latent.shape)
    let places = sizes.indices.reduce(0) { $0 + 2 * (24 >> ($1 + 1)) * (16 >> ($1 + 1)) }
    #expect(likelihoods.shape == [3, places])
    let bits = try -likelihoods.logarithm().sum().detached().item() / 0.693147
    let bytes = streams.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    #expect(abs(Double(bytes * 8) - bits) < 0.03 * bits + Double(3 * sizes.count * 64))
    // The frequencies tell something: fewer bits than with entries that are equally frequent.
    let even = try Self.coding(sizes: sizes)
    try even.cascade.load(coding.cascade.storedState())
    for level in even.cascade.levels { try level.codebook.setFrequencies(Array(repeating: 1, count: 2 * level.codebook.size)) }
    let evenBits = try -even.forward(latent, name: "y", noise: nil).likelihoods.logarithm().sum().detached().item() / 0.693147
    #expect(bits < evenBits)
  }

  /// A level codes what the one before left: with entries that are exact nothing is left for the next but the residual network's own error.
  @Test func levelsAreGivenWhatIsLeft() throws {
    let coding = try Self.coding(sizes: [5, 5])
    let latent = try Tensor.normal([1, 4, 8, 8], seed: 2)
    let level = coding.cascade.levels[0]
    try withoutGradients {
      let (features, vectors) = try level.analyze(latent)
      let codebook = level.codebook
      let nearest = try codebook.nearest(codebook.layout.vectors(of: vectors))
      let quantized = try codebook.layout.latent(of: codebook.entries(at: nearest), shape: vectors.shape)
      let rest = try #require(try level.remainder(features, quantized: quantized))
      let next = coding.cascade.levels[1]
      let expected = try next.codebook.nearest(next.codebook.layout.vectors(of: next.analyze(rest).vectors))
      let found = try coding.cascade.numbers(of: latent)
      #expect(
        try found[1].elements(Int32.self)
          == next.codebook.layout.perPlace(expected.to(.int32), shape: [1, 4, 2, 2]).contiguous().elements(Int32.self))
      #expect(found.map(\.shape) == [[1, 2, 4, 4], [1, 2, 2, 2]])
      #expect(try next.remainder(features, quantized: quantized) == nil)
    }
  }

  /// Frequencies are counted in training alone, and never used entries replaced at the steps that are due, each time once.
  @Test func trainingCountsAndReplaces() throws {
    let coding = try Self.coding(sizes: [6], reassignmentSteps: 2)
    let codebook = coding.cascade.levels[0].codebook
    let before = try codebook.frequencies.tensor.elements(Float.self)
    let latent = try Tensor.normal([1, 4, 4, 4], seed: 5)
    _ = try coding.forward(latent, name: "y", noise: SampleNoise(seed: 1, step: 0, indices: [0]))
    _ = try coding.forward(latent, name: "y", noise: nil)
    #expect(try codebook.frequencies.tensor.elements(Float.self) == before)
    try codebook.setFrequencies([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
    let entries = try codebook.entries.tensor.detached().elements(Float.self)
    try Self.train(coding, steps: 1..<2)
    #expect(try codebook.frequencies.tensor.elements(Float.self) != before)
    #expect(try codebook.entries.tensor.detached().elements(Float.self) == entries)
    try codebook.setFrequencies([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
    try Self.train(coding, steps: 2..<3)
    let replaced = try codebook.entries.tensor.detached().elements(Float.self)
    #expect(replaced != entries)
    try codebook.setFrequencies([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    try Self.train(coding, steps: 2..<4)
    #expect(try codebook.entries.tensor.detached().elements(Float.self) == replaced)
  }

  @Test func anEntryThatIsNoneIsRefused() throws {
    let coding = try Self.coding()
    try coding.updateTables()
    let latent = try Tensor.normal([1, 4, 8, 8], seed: 5)
    let streams = try coding.compress(latent)
    #expect(throws: (any Error).self) { try coding.decompress([[[]], streams[1]], height: 8, width: 8) }
    #expect(throws: (any Error).self) { try coding.decompress([streams[1], streams[0]], height: 8, width: 8) }
    #expect(throws: LatentModelError.self) { try coding.compress(latent * .infinity) }
  }
}
