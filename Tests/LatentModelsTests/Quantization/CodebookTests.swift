import LatentModels
import Testing
import Torch
import Weights

/// Codebooks and the rules that choose among their entries.
struct CodebookTests {
  private static let entries: [Float] = [-2, -0.5, 0.4, 3]

  private static func coding(_ rule: any CodebookRule, logits: [Float] = [0, 1, 2, -1], channels: Int = 2) throws -> CodebookCoding {
    let entries = try Tensor(entries, shape: [1, 4, 1]).expanded([channels, 4, 1]).copy()
    let codebook = try Codebook(entries: entries)
    try withoutGradients { try codebook.logits.tensor.assign(Tensor(logits, shape: [1, 4]).expanded([channels, 4])) }
    try codebook.updateTables()
    return CodebookCoding(codebook, rule: rule)
  }

  private static let rules: [(String, @Sendable () -> any CodebookRule)] = [
    ("soft to hard", { SoftToHardRule(annealing: Annealing(from: 1, to: 20, steps: 10, course: .geometric)) }),
    ("non-uniform", { NonUniformRule(warmupSteps: 2, turnSteps: 3) }), ("entropy-constrained", { EntropyConstrainedRule(weight: 2) }),
  ]

  @Test(arguments: rules.map(\.0)) func whatIsCodedIsDecoded(name: String) throws {
    let make = try #require(Self.rules.first { $0.0 == name }?.1)
    let coding = try Self.coding(make())
    let latent = try Tensor.normal([3, 2, 9, 7], standardDeviation: 2, seed: 5)
    let streams = try coding.compress(latent)
    #expect(streams.count == 1 && streams[0].count == 3)
    let (values, likelihoods) = try coding.forward(latent, name: "y", noise: nil)
    #expect(try coding.decompress(streams, height: 9, width: 7).elements() == values.detached().elements())
    let bits = try -likelihoods.logarithm().sum().detached().item() / 0.693147
    #expect(abs(Double(streams[0].reduce(0) { $0 + $1.count } * 8) - bits) < 0.02 * bits + 3 * 64)
    // Each picture by itself gives the same bytes.
    let alone = try coding.compress(latent.narrowed(0, from: 1, length: 1))
    #expect(alone[0][0] == streams[0][1])
  }

  /// Vectors of adjacent channels at one place, in the order of the channels.
  @Test func vectorsAreAdjacentChannels() throws {
    let codebook = try Codebook(entries: Tensor([0, 1, 2, 5, 6, 7, -1, -1, -1, 9, 8, 7] as [Float], shape: [2, 2, 3]))
    try codebook.updateTables()
    let coding = CodebookCoding(codebook, rule: EntropyConstrainedRule(weight: 1))
    let columns: [[Float]] = [[0.2, 1, 2, 9, 8, 7], [5, 6, 7, 0, 0, 0]]
    let latent = try Tensor((0..<6).flatMap { channel in columns.map { $0[channel] } }, shape: [1, 6, 1, 2])
    #expect(try coding.symbols(of: latent).elements(Int32.self) == [0, 1, 1, 0])
    let decoded = try coding.decompress(coding.compress(latent), height: 1, width: 2)
    #expect(try decoded.elements() == [0, 5, 1, 6, 2, 7, 9, -1, 8, -1, 7, -1])
  }

  /// For a growing σ the soft assignment becomes the nearest entry, and the rate that of its number.
  @Test func softAssignmentsBecomeHard() throws {
    let rule = SoftToHardRule(annealing: Annealing(from: 1e-4, to: 1e4, steps: 100, course: .geometric))
    let coding = try Self.coding(rule)
    let latent = try Tensor([-3, -1, 0.1, 0.5, 1.6, 2] as [Float], shape: [1, 2, 1, 3])
    let noise = SampleNoise(seed: 1, step: 0, indices: [0])
    let soft = try coding.forward(latent, name: "y", noise: noise).values.detached().elements()
    let mean = Self.entries.reduce(0, +) / 4
    #expect(soft.allSatisfy { abs($0 - mean) < 0.01 })
    rule.follow(step: 100)
    let (values, likelihoods) = try coding.forward(latent, name: "y", noise: noise)
    let hard = try coding.forward(latent, name: "y", noise: nil)
    #expect(try hard.values.detached().elements() == [-2, -0.5, 0.4, 0.4, 0.4, 3])
    for (one, two) in [(values, hard.values), (likelihoods, hard.likelihoods)] {
      let pairs = zip(try one.detached().elements(), try two.detached().elements())
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  /// Against central differences of the latent and the entries; the logits learn how often each entry is the nearest.
  @Test func softToHardGradients() throws {
    let rule = SoftToHardRule(annealing: Annealing(from: 1.5, to: 1.5, steps: 1, course: .geometric))
    let coding = try Self.coding(rule, channels: 1)
    let latent = try Tensor([-1.2, 0.1, 0.9, 2] as [Float], shape: [1, 1, 2, 2])
    try latent.setRequiresGradient()
    func loss() throws -> Tensor {
      let (values, likelihoods) = try coding.forward(latent, name: "y", noise: SampleNoise(seed: 1, step: 0, indices: [0]))
      return try (values.squared() * 0.5 - likelihoods.logarithm()).to(.float64).sum()
    }
    try loss().backward()
    // The nearest entries are 1, 2, 2 and 3, and so −Σ ln p has the gradient 4·p − counts.
    let probabilities = try coding.codebook.logits.tensor.detached().softmax(over: 1).elements()
    let ofLogits = try #require(try coding.codebook.logits.tensor.gradient()).elements()
    for (place, count) in ([0, 1, 2, 1] as [Float]).enumerated() {
      #expect(abs(ofLogits[place] - (4 * probabilities[place] - count)) < 1e-5)
    }
    for tensor in [latent, coding.codebook.entries.tensor] {
      let gradients = try #require(try tensor.gradient()).elements()
      let values = try tensor.detached().elements()
      for place in values.indices {
        func moved(_ step: Float) throws -> Double {
          var other = values
          other[place] += step
          try withoutGradients { try tensor.assign(Tensor(other, shape: tensor.shape)) }
          defer { try? withoutGradients { try tensor.assign(Tensor(values, shape: tensor.shape)) } }
          return try loss().detached().item()
        }
        let quotient = (try moved(0.01) - moved(-0.01)) / 0.02
        #expect(abs(Double(gradients[place]) - quotient) < 2e-3 * max(1, abs(quotient)), "\(gradients[place]), \(quotient)")
      }
    }
  }

  /// A cheap entry is taken although another is nearer, and the nearest once errors cost much.
  @Test func theRateDecidesWithTheError() throws {
    let latent = try Tensor([-0.2, -0.2] as [Float], shape: [1, 2, 1, 1])
    let logits: [Float] = [0, 0, 4, 0]
    let cheap = try Self.coding(EntropyConstrainedRule(weight: 0.5), logits: logits)
    let exact = try Self.coding(EntropyConstrainedRule(weight: 100), logits: logits)
    #expect(try cheap.symbols(of: latent).elements(Int32.self) == [2, 2])
    #expect(try exact.symbols(of: latent).elements(Int32.self) == [1, 1])
  }

  /// In turns either the levels or the encoder get a gradient, at first only the network, without a quantizer.
  @Test(arguments: [
    Turn(step: 1, values: [-1, 0.5], encoder: [1, 1], levels: []), Turn(step: 2, values: [-0.5, 0.4], encoder: [], levels: ownLevels),
    Turn(step: 5, values: [-0.5, 0.4], encoder: [1, 1], levels: []), Turn(step: 8, values: [-0.5, 0.4], encoder: [], levels: ownLevels),
  ]) func levelsAndNetworkTakeTurns(turn: Turn) throws {
    let rule = NonUniformRule(warmupSteps: 2, turnSteps: 3)
    let coding = try Self.coding(rule)
    rule.follow(step: turn.step)
    let latent = try Tensor([-1, 0.5] as [Float], shape: [1, 2, 1, 1])
    try latent.setRequiresGradient()
    let values = try coding.forward(latent, name: "y", noise: SampleNoise(seed: 1, step: 0, indices: [0])).values
    if values.requiresGradient { try values.sum().backward() }
    #expect(try values.detached().elements() == turn.values)
    #expect(try Self.gradient(of: latent) == turn.encoder)
    #expect(try Self.gradient(of: coding.codebook.entries.tensor) == turn.levels)
  }

  struct Turn: Sendable {
    let step: Int
    let values: [Float]
    let encoder: [Float]
    let levels: [Float]
  }

  private static let ownLevels: [Float] = [0, 1, 0, 0, 0, 0, 1, 0]

  /// The gradient; none where there is none.
  private static func gradient(of tensor: Tensor) throws -> [Float] {
    guard let gradient = try tensor.gradient() else { return [] }
    return try gradient.elements()
  }

  /// The mean of the drawn bits is tanh v, its gradient that of tanh, and coding takes the sign.
  @Test func bitsAreDrawn() throws {
    let coding = CodebookCoding(try BinarizationRule.codebook(channels: 1), rule: BinarizationRule())
    try coding.updateTables()
    let latent = try Tensor.full([1, 1, 100, 100], 0.4)
    try latent.setRequiresGradient()
    let (values, likelihoods) = try coding.forward(latent, name: "y", noise: SampleNoise(seed: 1, step: 0, indices: [0]))
    #expect(try values.detached().elements().allSatisfy { $0 == -1 || $0 == 1 })
    // tanh 0.4 = 0.37995; five standard deviations of the mean of 10,000 bits.
    #expect(abs(try values.mean().detached().item() - 0.37995) < 0.05)
    #expect(abs(try likelihoods.mean().detached().item() - 0.5) < 1e-6)
    try values.sum().backward()
    let gradient = try #require(try latent.gradient()).elements()
    #expect(gradient.allSatisfy { abs($0 - (1 - 0.37995 * 0.37995)) < 1e-4 })
    let signs = try Tensor([-3, -0.1, 0.1, 9] as [Float], shape: [1, 1, 2, 2])
    let streams = try coding.compress(signs)
    #expect(try coding.decompress(streams, height: 2, width: 2).elements() == [-1, -1, 1, 1])
    // Four bits of equal probability fit into the least stream of 8 bytes.
    #expect(streams[0][0].count == 8)
  }

  @Test func latentsThatAreNotFiniteAreErrors() throws {
    let coding = try Self.coding(EntropyConstrainedRule(weight: 2))
    #expect(throws: LatentModelError.self) { try coding.compress(Tensor([Float.nan, 0], shape: [1, 2, 1, 1])) }
    let fresh = CodebookCoding(try BinarizationRule.codebook(channels: 1), rule: BinarizationRule())
    #expect(throws: LatentModelError.tablesMissing) { try fresh.compress(Tensor.zeros([1, 1, 1, 1])) }
  }

  /// A stream of another codebook may hold a number that this one has not, which its escape can tell.
  @Test func numbersOfNoEntryAreErrors() throws {
    let large = CodebookCoding(
      try Codebook(groups: 1, size: 4, dimension: 1, range: 4, seeds: SeedSequence(1)), rule: EntropyConstrainedRule(weight: 1))
    let small = CodebookCoding(
      try Codebook(groups: 1, size: 2, dimension: 1, range: 4, seeds: SeedSequence(1)), rule: EntropyConstrainedRule(weight: 1))
    try large.updateTables()
    try small.updateTables()
    let streams = try large.compress(Tensor([-3, -1, 1, 3] as [Float], shape: [1, 1, 2, 2]))
    #expect(throws: (any Error).self) { try small.decompress(streams, height: 2, width: 2) }
    #expect(throws: (any Error).self) { try small.decompress([[[1, 2, 3]]], height: 2, width: 2) }
  }
}
