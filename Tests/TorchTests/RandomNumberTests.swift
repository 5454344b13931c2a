import Testing
import Torch

/// Random numbers: the same seed gives the same numbers everywhere.
struct RandomNumberTests {
  /// `torch.empty(4).uniform_(-0.5, 0.5, generator=torch.Generator().manual_seed(seed))` of torch 2.13.0+cpu.
  static let uniform: [(seed: UInt64, values: [Float])] = [
    (0, [-0.003743410110473633, 0.26822179555892944, -0.4115225672721863, -0.3679695129394531]),
    (7, [0.03492254018783569, -0.301196813583374, 0.15921169519424438, 0.15689027309417725]),
    (.max, [0.4937993884086609, 0.07130634784698486, 0.0700080394744873, -0.45049625635147095]),
  ]

  @Test(arguments: uniform)
  func uniformNumbersAreThoseOfPyTorch(seed: UInt64, values: [Float]) throws {
    #expect(try Tensor.uniform([2, 2], in: -0.5...0.5, seed: seed).elements() == values)
  }

  @Test func normalNumbersAreThoseOfPyTorch() throws {
    let found = try Tensor.normal([3], mean: 1, standardDeviation: 2, seed: 7).elements()
    let expected: [Float] = [0.7064098119735718, 2.572282552719116, 2.8936431407928467]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
  }

  @Test func everyCallHasAGeneratorOfItsOwn() throws {
    let first = try Tensor.uniform([100], in: 0...1, seed: 1).elements()
    #expect(try Tensor.uniform([100], in: 0...1, seed: 1).elements() == first)
    #expect(try Tensor.uniform([100], in: 0...1, seed: 2).elements() != first)
    try Runtime.seed(5)
    #expect(try Tensor.uniform([100], in: 0...1, seed: 1).elements() == first)
  }

  /// SplitMix64's published sequences.
  @Test(
    arguments: [
      (0, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]),
      (1_234_567, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]),
    ] as [(UInt64, [UInt64])])
  func seedSequence(start: UInt64, expected: [UInt64]) {
    let seeds = SeedSequence(start)
    #expect(expected.map { _ in seeds.next() } == expected)
  }

  @Test func combinedSeedsDependOnEveryKeyAndItsPlace() {
    let all = [
      SeedSequence.combined(1, 2, 3), SeedSequence.combined(1, 3, 2), SeedSequence.combined(2, 1, 3), SeedSequence.combined(1, 2),
      SeedSequence.combined(1, 2, 3, 0), SeedSequence.combined(0, 1, 2, 3), SeedSequence.combined(),
    ]
    #expect(Set(all).count == all.count)
    #expect(SeedSequence.combined(1, 2, 3) == all[0])
  }
}
