public import EntropyCoding
import Layers
public import Torch
import Weights

/// Several codebooks beside each other, one for each group of channels, whose entries are drawn in training and coded by how often they are used.
///
/// A latent `[N, m·d, H, W]` has at each place m vectors of d numbers, one for each group of adjacent channels, and group g has k entries
/// c_1 … c_k. In training an entry is drawn, in coding it is the nearest:
///
///     ℓ_j(v) = −τ_g·‖v − c_j‖²/√k        training: j = argmax_j (ℓ_j + n_j), n_j a Gumbel variable        coding: j = argmax_j ℓ_j
///     ∂v̂/∂ℓ: that of Σ_j softmax_j(ℓ + n)·c_j with c_j fixed        ∂v̂/∂c_j: 1 for the entry that was drawn
///
/// the straight-through Gumbel softmax (Jang, Gu, Poole, "Categorical reparameterization with Gumbel-softmax", ICLR 2017) with a learned τ_g,
/// which begins as 1 and stays above 10⁻⁶. How often each entry is the nearest is kept as a moving average of the training's steps,
///
///     f ← 0.9·f + 0.1·(share of the vectors), at first 1/k,        P(j) = max(f_j, 2⁻¹⁶) / Σ_i max(f_i, 2⁻¹⁶)
///
/// and codes the entries' numbers; no gradient goes through it. Zhu, Song, Gao, Zheng, Shen, "Unified multivariate Gaussian mixture for
/// efficient neural image compression", CVPR 2022 (arXiv 2203.10897), and their program, from which the counting is. 2⁻¹⁶ is the least
/// probability that the coder has.
public final class FrequencyCodebook: Module {
  /// m.
  public let groups: Int
  /// k.
  public let size: Int
  /// d.
  public let dimension: Int
  /// The entries, `[m, k, d]`.
  public let entries: Parameter
  /// τ, `[m]`.
  public let temperatures: Parameter
  /// f, `[m, k]`; each row adds up to 1.
  public let frequencies: Buffer
  private let coderTables: TableBuffers

  /// The share of the past in a moving average after one step.
  static let memory: Float = 0.9
  /// The least τ.
  static let leastTemperature = 1e-6
  /// The least probability, before they are made to add up to 1.
  static let leastProbability = 0x1p-16

  /// Creates codebooks whose entries are drawn from the normal distribution of the variance 2/(5·d), as the authors' program does.
  ///
  /// - Parameter seeds: where the entries come from.
  public convenience init(groups: Int, size: Int, dimension: Int, seeds: SeedSequence) throws {
    let deviation = (2 / (5 * Double(dimension))).squareRoot()
    try self.init(entries: Tensor.normal([groups, size, dimension], standardDeviation: deviation, seed: seeds.next()))
  }

  /// Creates codebooks of their entries `[m, k, d]`, which are equally frequent.
  public init(entries: Tensor) throws {
    let shape = entries.shape
    precondition(shape.count == 3, "codebooks have groups, entries and dimensions")
    (groups, size, dimension) = (shape[0], shape[1], shape[2])
    self.entries = try Parameter(entries)
    temperatures = try Parameter(Tensor.full([shape[0]], 1))
    frequencies = Buffer(try Tensor.full([shape[0], shape[1]], 1 / Double(shape[1])), isAveraged: true)
    coderTables = try TableBuffers()
  }

  /// Entries, temperatures, frequencies and tables.
  public var members: [Member] {
    [.parameter("entries", entries), .parameter("temperatures", temperatures), .buffer("frequencies", frequencies)] + coderTables.members
  }

  /// How the vectors lie in a latent.
  var layout: VectorLayout { VectorLayout(groups: groups, dimension: dimension) }

  /// Returns ‖c_j‖² − 2·v·c_j, `[m, K, k]`, of vectors `[m, K, d]`: the squared distances but for ‖v‖², which is the same for all entries.
  private func distances(_ vectors: Tensor) throws -> Tensor {
    let norms = try entries.tensor.squared().sum(over: [2]).reshaped([groups, 1, size])
    return try norms - vectors.multiplied(byMatrix: entries.tensor.permuted([0, 2, 1])) * 2
  }

  /// Returns ℓ without −τ·‖v‖²/√k, `[m, K, k]`.
  func logits(_ vectors: Tensor) throws -> Tensor {
    let bound = try Tensor.full([], Self.leastTemperature, device: vectors.device)
    let scales = try LowerBound.apply(temperatures.tensor, bound: bound) * (-1 / Double(size).squareRoot())
    return try distances(vectors) * scales.reshaped([groups, 1, 1])
  }

  /// How many distances are in memory at once where no gradient needs all of them.
  private static let distancesAtOnce = 1 << 25

  /// Returns the number of the nearest entry of each vector `[m, K, d]`, int64 `[m, K]`.
  public func nearest(_ vectors: Tensor) throws -> Tensor {
    try withoutGradients {
      let count = vectors.shape[1]
      let step = max(1, Self.distancesAtOnce / (groups * size))
      let parts = try stride(from: 0, to: count, by: step).map { first in
        try distances(vectors.narrowed(1, from: first, length: min(step, count - first))).placeOfMinimum(over: 2)
      }
      return try parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
    }
  }

  /// Returns entries that are drawn with Gumbel noise, `[m, K, d]`, with the gradients above.
  ///
  /// - Parameter noise: numbers of U(−½, ½), `[m, K, k]`.
  public func drawn(_ vectors: Tensor, noise: Tensor) throws -> Tensor {
    let uniform = try (noise + 0.5).clamped(from: Self.smallestStep, to: 1 - Self.smallestStep)
    let gumbel = try -(-uniform.logarithm()).logarithm()
    let perturbed = try logits(vectors) + gumbel
    let soft = try perturbed.softmax(over: 2).multiplied(byMatrix: entries.tensor.detached())
    let places = try withoutGradients { try perturbed.placeOfMaximum(over: 2) }
    return try entries(at: places) + (soft - soft.detached())
  }

  /// The distance of 1 from the next number of 32 bits.
  private static let smallestStep = 0x1p-23

  /// Returns the entries `[m, K, d]` that `places`, int64 `[m, K]`, name, with gradients to them.
  public func entries(at places: Tensor) throws -> Tensor {
    let shape = places.shape
    return try entries.tensor.gathered(along: 1, at: places.reshaped([shape[0], shape[1], 1]).expanded([shape[0], shape[1], dimension]))
  }

  /// Returns P, `[m, k]`.
  public func probabilities() throws -> Tensor {
    let bounded = try frequencies.tensor.clamped(from: Self.leastProbability)
    return try bounded / bounded.sum(over: [1], keeping: true)
  }

  /// Takes the numbers of the nearest entries of a step, int64 `[m, K]`, into the moving average.
  func count(_ places: Tensor) throws {
    let numbers = try places.to(.int32).contiguous().elements(Int32.self)
    guard !numbers.isEmpty else { return }
    let perGroup = numbers.count / groups
    let share = (1 - Self.memory) / Float(perGroup)
    var averages = try frequencies.tensor.elements(Float.self)
    for place in averages.indices { averages[place] *= Self.memory }
    for (position, number) in numbers.enumerated() { averages[position / perGroup * size + Int(number)] += share }
    try setFrequencies(averages)
  }

  /// Replaces f by rows that are made to add up to 1.
  func setFrequencies(_ numbers: [Float]) throws {
    var numbers = numbers
    for row in stride(from: 0, to: numbers.count, by: size) {
      let total = numbers[row..<row + size].reduce(0, +)
      for place in row..<row + size { numbers[place] /= total }
    }
    frequencies.tensor = try Tensor(numbers, shape: [groups, size]).to(frequencies.tensor.device)
  }

  /// Computes the coder's tables, one row for each group.
  ///
  /// - Throws: an error when a frequency is not finite.
  public func updateTables() throws {
    try withoutGradients {
      let probabilities = try probabilities().elements(Float.self)
      // Nothing is outside of the entries; a row's last symbol, the escape, gets its least probability.
      let rows = try (0..<groups).map { try QuantizedCDF.make(pmf: Array(probabilities[$0 * size..<($0 + 1) * size]) + [0]) }
      try coderTables.set(CodingTables(rows: rows, offsets: Array(repeating: 0, count: groups)))
    }
  }

  /// The coder's tables.
  ///
  /// - Throws: ``LatentModelError/tablesMissing`` before ``updateTables()`` or the loading of a file with tables.
  public func tables() throws -> CodingTables { try coderTables.tables(rows: groups, unit: "groups of channels") }
}
