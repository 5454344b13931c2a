public import Torch
import Weights

/// Levels of codebooks, each of which codes what those before it left, at half the sides: a latent `[N, C, H, W]` to the same.
///
/// With L levels H and W are multiples of 2^L, and level l codes m numbers at each of H/2^l · W/2^l places. Zhu, Song, Gao, Zheng, Shen,
/// "Unified multivariate Gaussian mixture for efficient neural image compression", CVPR 2022 (arXiv 2203.10897), figure 3: entries stand for
/// the means of a mixture, and what they leave is given to a mixture of the next level ("cascaded estimation").
public final class VectorCascade: Module, TrainingModeFollower, TrainingStepFollower {
  /// From the finest to the coarsest.
  public let levels: [CascadeLevel]
  private let reassignmentSteps: Int
  private let seed: UInt64
  private var isTraining = false
  private var reassignedStep = 0

  /// Creates a cascade with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - channels: C, a multiple of `groups`.
  ///   - groups: m.
  ///   - sizes: the entries of each group's codebook, for each level, the finest first.
  ///   - reassignmentSteps: after how many steps of a training never used entries are replaced, again and again; 0 for never.
  ///   - nonlinearity: makes the non-linearity of one place for a number of channels and a direction; called anew for each place.
  public init(
    channels: Int, groups: Int, sizes: [Int], reassignmentSteps: Int,
    nonlinearity: (_ channels: Int, _ inverse: Bool) throws -> any Layer, seeds: SeedSequence
  ) throws {
    levels = try sizes.enumerated().map { number, size in
      try CascadeLevel(
        channels: channels, groups: groups, size: size, isCoarsest: number == sizes.count - 1, nonlinearity: nonlinearity, seeds: seeds)
    }
    self.reassignmentSteps = reassignmentSteps
    seed = seeds.next()
  }

  /// The levels under their numbers.
  public var members: [Member] { levels.enumerated().map { .module(String($0.offset), $0.element) } }

  /// By which number the coarsest level divides the sides, 2^L.
  public var reduction: Int { 1 << levels.count }

  /// Takes the mode; frequencies are counted in training alone.
  public func follow(isTraining: Bool) { self.isTraining = isTraining }

  /// Replaces what is never used where it is due, once for each step.
  public func follow(step: Int) throws {
    guard reassignmentSteps > 0, step > reassignedStep, step.isMultiple(of: reassignmentSteps) else { return }
    reassignedStep = step
    for (number, level) in levels.enumerated() {
      try level.codebook.reassign(seed: SeedSequence.combined(seed, UInt64(step), UInt64(number)))
    }
  }

  /// Returns for each level the numbers of the nearest entries, int64 `[m, N·h·w]`, and its entries as a tensor `[N, C, h, w]`.
  ///
  /// - Parameter entries: makes the entries of the vectors, of the numbers of the nearest ones and the level's number.
  private func walk(
    _ latent: Tensor, _ entries: (FrequencyCodebook, _ vectors: Tensor, _ nearest: Tensor, _ level: Int) throws -> Tensor
  ) throws -> [(nearest: Tensor, quantized: Tensor)] {
    var rest = Optional(latent)
    var results: [(nearest: Tensor, quantized: Tensor)] = []
    for (number, level) in levels.enumerated() {
      guard let input = rest else { break }
      let (features, vectors) = try level.analyze(input)
      let (codebook, shape) = (level.codebook, vectors.shape)
      let (nearest, quantized) = try withFullPrecision(on: latent.device) {
        let vectors = try codebook.layout.vectors(of: vectors.inFullPrecision())
        let nearest = try codebook.nearest(vectors.detached())
        let chosen = try entries(codebook, vectors, nearest, number)
        return (nearest, try codebook.layout.latent(of: chosen, shape: shape).contiguous())
      }
      results.append((nearest, quantized))
      rest = try level.remainder(features, quantized: quantized)
    }
    return results
  }

  /// Returns the restored latent and the probability of each number, one row for each picture.
  ///
  /// - Parameter noise: what entries are drawn with, under the latent's name and the level's number; nil takes the nearest.
  public func forward(_ latent: Tensor, name: String, noise: (any NoiseSource)?) throws -> (values: Tensor, likelihoods: Tensor) {
    let count = latent.shape[0]
    let results = try walk(latent) { codebook, vectors, nearest, level in
      guard let noise else { return try codebook.entries(at: nearest) }
      let places = vectors.shape[1] / count
      let numbers = try noise.noise(for: "\(name).\(level)", shape: [count, codebook.groups, places, codebook.size])
      return try codebook.drawn(
        vectors, noise: numbers.permuted([1, 0, 2, 3]).reshaped([codebook.groups, count * places, codebook.size]))
    }
    let likelihoods = try zip(levels, results).map { level, result in
      let probabilities = try level.codebook.probabilities().gathered(along: 1, at: result.nearest)
      return try probabilities.reshaped([level.codebook.groups, count, -1]).permuted([1, 0, 2]).reshaped([count, -1])
    }
    if isTraining { for (level, result) in zip(levels, results) { try level.codebook.count(result.nearest) } }
    return (try restore(results.map(\.quantized)), try Tensor.concatenated(likelihoods, along: 1))
  }

  /// Returns for each level the numbers of the nearest entries, int32 `[N, m, h, w]`.
  func numbers(of latent: Tensor) throws -> [Tensor] {
    let shape = latent.shape
    return try walk(latent) { codebook, _, nearest, _ in try codebook.entries(at: nearest) }.enumerated().map { number, result in
      try levels[number].codebook.layout.perPlace(
        result.nearest.to(.int32), shape: [shape[0], shape[1], shape[2] >> (number + 1), shape[3] >> (number + 1)]
      ).contiguous()
    }
  }

  /// Returns the latent of the entries of all levels, the finest first.
  func restore(_ quantized: [Tensor]) throws -> Tensor {
    var restored: Tensor?
    for (level, own) in zip(levels, quantized).reversed() { restored = try level.restore(own, coarser: restored) }
    guard let restored else { throw LatentModelError.size(expected: "a level", found: "none") }
    return restored
  }

  /// Returns what the levels are asked to quantise, each given what the one before leaves when nothing is quantised.
  func analyze(_ latent: Tensor) throws -> [Tensor] {
    var rest = Optional(latent)
    var results: [Tensor] = []
    for level in levels {
      guard let input = rest else { break }
      let (features, vectors) = try level.analyze(input)
      results.append(vectors)
      rest = try level.remainder(features, quantized: vectors)
    }
    return results
  }
}
