import EntropyCoding
import Foundation
import Testing
import Torch
import Weights

@testable import LatentModels

/// Codebooks whose entries are drawn in training and counted, against loops in 64 bits.
@Suite(.serialized) struct FrequencyCodebookTests {
  private static let (groups, size, dimension, count) = (2, 5, 3, 7)

  private static func codebook() throws -> FrequencyCodebook {
    let codebook = try FrequencyCodebook(groups: groups, size: size, dimension: dimension, seeds: SeedSequence(4))
    try withoutGradients { try codebook.temperatures.tensor.assign(Tensor([1.7, 0.4] as [Float], shape: [2])) }
    return codebook
  }

  private static func numbers(_ tensor: Tensor) throws -> [Double] { try tensor.detached().elements(Float.self).map(Double.init) }

  /// What the definition says, number by number.
  private struct Loop {
    var vectors: [Double]
    var entries: [Double]
    var temperatures: [Double]
    let noise: [Double]

    init(_ codebook: FrequencyCodebook, vectors: Tensor, noise: Tensor) throws {
      self.vectors = try numbers(vectors)
      entries = try numbers(codebook.entries.tensor)
      temperatures = try numbers(codebook.temperatures.tensor)
      self.noise = try numbers(noise)
    }

    func distance(_ group: Int, _ vector: Int, _ entry: Int) -> Double {
      (0..<dimension).reduce(0) { sum, number in
        let difference =
          vectors[(group * count + vector) * dimension + number] - entries[(group * size + entry) * dimension + number]
        return sum + difference * difference
      }
    }

    func perturbed(_ group: Int, _ vector: Int) -> [Double] {
      (0..<size).map { entry in
        let logit = -temperatures[group] * distance(group, vector, entry) / Double(size).squareRoot()
        return logit - log(-log(noise[(group * count + vector) * size + entry] + 0.5))
      }
    }

    func largest(_ numbers: [Double]) -> Int { numbers.indices.max { numbers[$0] < numbers[$1] } ?? 0 }

    func drawn(_ group: Int, _ vector: Int) -> Int { largest(perturbed(group, vector)) }

    func nearest(_ group: Int, _ vector: Int) -> Int { largest((0..<size).map { -distance(group, vector, $0) }) }

    /// Σ w·(softmax · fixed entries): what the gradients of the logits are those of.
    func surrogate(weights: [Double], fixed: [Double]) -> Double {
      var sum = 0.0
      for group in 0..<groups {
        for vector in 0..<count {
          let powers = perturbed(group, vector).map(exp)
          let total = powers.reduce(0, +)
          for (entry, power) in powers.enumerated() {
            for number in 0..<dimension {
              sum +=
                weights[(group * count + vector) * dimension + number] * power / total * fixed[(group * size + entry) * dimension + number]
            }
          }
        }
      }
      return sum
    }
  }

  @Test func entriesAreThoseOfTheDefinition() throws {
    let codebook = try Self.codebook()
    let vectors = try Tensor.normal([Self.groups, Self.count, Self.dimension], seed: 8)
    let noise = try Tensor.uniform([Self.groups, Self.count, Self.size], in: -0.5...0.5, seed: 9)
    let loop = try Loop(codebook, vectors: vectors, noise: noise)
    let nearest = try codebook.nearest(vectors).to(.int32).elements(Int32.self)
    let drawn = try Self.numbers(codebook.drawn(vectors, noise: noise))
    var differences = 0
    for group in 0..<Self.groups {
      for vector in 0..<Self.count {
        #expect(Int(nearest[group * Self.count + vector]) == loop.nearest(group, vector))
        let entry = loop.drawn(group, vector)
        if entry != loop.nearest(group, vector) { differences += 1 }
        for number in 0..<Self.dimension {
          let found = drawn[(group * Self.count + vector) * Self.dimension + number]
          #expect(abs(found - loop.entries[(group * Self.size + entry) * Self.dimension + number]) < 1e-6)
        }
      }
    }
    // The noise draws others, too.
    #expect(differences > 0)
  }

  /// Against central differences of the soft values, to which the entry that is drawn adds its own.
  @Test func gradientsAreThoseOfTheSoftValues() throws {
    let codebook = try Self.codebook()
    let vectors = try Tensor.normal([Self.groups, Self.count, Self.dimension], seed: 8)
    try vectors.setRequiresGradient()
    let noise = try Tensor.uniform([Self.groups, Self.count, Self.size], in: -0.5...0.5, seed: 9)
    let weights = try Tensor.normal([Self.groups, Self.count, Self.dimension], seed: 10)
    try (codebook.drawn(vectors, noise: noise) * weights).sum().backward()
    let loop = try Loop(codebook, vectors: vectors, noise: noise)
    let w = try Self.numbers(weights)
    func slope(_ path: WritableKeyPath<Loop, [Double]>, _ place: Int) -> Double {
      var (up, down) = (loop, loop)
      up[keyPath: path][place] += 1e-5
      down[keyPath: path][place] -= 1e-5
      return (up.surrogate(weights: w, fixed: loop.entries) - down.surrogate(weights: w, fixed: loop.entries)) / 2e-5
    }
    func compare(_ tensor: Tensor, _ path: WritableKeyPath<Loop, [Double]>, adding own: [Double]? = nil) throws {
      let found = try #require(try tensor.gradient()).elements(Float.self)
      #expect(found.contains { abs($0) > 1e-3 })
      for place in found.indices {
        let expected = slope(path, place) + (own?[place] ?? 0)
        #expect(abs(Double(found[place]) - expected) < 1e-4 * (1 + abs(expected)), "\(place)")
      }
    }
    var own = [Double](repeating: 0, count: loop.entries.count)
    for group in 0..<Self.groups {
      for vector in 0..<Self.count {
        for number in 0..<Self.dimension {
          own[(group * Self.size + loop.drawn(group, vector)) * Self.dimension + number] +=
            w[(group * Self.count + vector) * Self.dimension + number]
        }
      }
    }
    try compare(vectors, \.vectors)
    try compare(codebook.temperatures.tensor, \.temperatures)
    try compare(codebook.entries.tensor, \.entries, adding: own)
  }

  /// 0.9 of what was and 0.1 of the share; what was never seen keeps the least probability of the coder.
  @Test func frequenciesAreMovingAverages() throws {
    let codebook = try FrequencyCodebook(groups: 2, size: 3, dimension: 1, seeds: SeedSequence(1))
    let places = try Tensor([0, 0, 0, 2, 1, 1, 1, 1] as [Int32], shape: [2, 4]).to(.int64)
    try codebook.count(places)
    let once = try codebook.frequencies.tensor.elements(Float.self)
    for (found, expected) in zip(once, [0.3 + 0.075, 0.3, 0.3 + 0.025, 0.3, 0.4, 0.3]) { #expect(abs(Double(found) - expected) < 1e-6) }
    for _ in 0..<300 { try codebook.count(places) }
    let probabilities = try codebook.probabilities().elements(Float.self)
    let least = 0x1p-16
    for (found, expected) in zip(probabilities, [0.75, least, 0.25, least, 1, least]) {
      #expect(abs(Double(found) - expected) < 1e-4 * expected + 2 * least * expected)
    }
    // The tables have a count for each entry.
    try codebook.updateTables()
    let tables = try codebook.tables()
    #expect(tables.count == 2 && tables.lengths == [5, 5])
  }

  @Test(arguments: [(unused: 2, replaced: 2), (unused: 5, replaced: 4)])
  func whatIsNeverUsedBecomesACopy(unused: Int, replaced: Int) throws {
    func codebook() throws -> FrequencyCodebook {
      let codebook = try FrequencyCodebook(entries: Tensor((0..<8).map(Float.init), shape: [1, 8, 1]))
      try codebook.setFrequencies((0..<8).map { $0 < unused ? 0 : 1 })
      return codebook
    }
    let (one, two) = (try codebook(), try codebook())
    #expect(try one.reassign(seed: 5) == replaced)
    let entries = try one.entries.tensor.detached().elements(Float.self)
    #expect(try two.reassign(seed: 5) == replaced && two.entries.tensor.detached().elements(Float.self) == entries)
    // What is used stays, and no entry is copied twice.
    #expect(Array(entries[unused...]) == (unused..<8).map(Float.init))
    let changed = (0..<unused).filter { entries[$0] != Float($0) }
    #expect(changed.count == replaced && Set(changed.map { entries[$0] }).count == replaced)
    #expect(changed.allSatisfy { !changed.contains(Int(entries[$0])) })
    #expect(one.entries.tensor.requiresGradient)
    let others = try (UInt64(6)..<16).map { seed -> [Float] in
      let codebook = try codebook()
      try codebook.reassign(seed: seed)
      return try codebook.entries.tensor.detached().elements(Float.self)
    }
    #expect(others.contains { $0 != entries })
    let used = try FrequencyCodebook(entries: Tensor([1, 2] as [Float], shape: [1, 2, 1]))
    #expect(try used.reassign(seed: 5) == 0)
  }
}
