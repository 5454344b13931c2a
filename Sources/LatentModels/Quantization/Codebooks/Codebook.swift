public import EntropyCoding
public import Torch
import Weights

/// Vectors that stand for parts of a latent, with the probability of each: a codebook for each group of channels.
///
/// A latent `[N, C, H, W]` of G·d channels has at each place G vectors of d numbers, one for each group of adjacent channels. Group g has L entries
/// c_1 … c_L, and entry j has the probability p_j = softmax(logits)_j. Only its number is coded, in about −log₂ p_j bits; a decoder looks
/// the entry up, so that ŷ is the same on every machine.
public final class Codebook: Module {
  /// G.
  public let groups: Int
  /// L.
  public let size: Int
  /// d.
  public let dimension: Int
  /// The entries, `[G, L, d]`.
  public let entries: Parameter
  /// The logits of the probabilities, `[G, L]`.
  public let logits: Parameter
  private let coderTables: TableBuffers

  /// Creates a codebook from its entries `[G, L, d]`, all of which are equally probable.
  ///
  /// - Parameter isTrained: whether training moves the entries.
  public init(entries: Tensor, isTrained: Bool = true) throws {
    let shape = entries.shape
    precondition(shape.count == 3, "a codebook has groups, entries and dimensions")
    (groups, size, dimension) = (shape[0], shape[1], shape[2])
    self.entries = try Parameter(entries, isTrained: isTrained)
    logits = try Parameter(Tensor.zeros([shape[0], shape[1]]))
    coderTables = try TableBuffers()
  }

  /// Creates a codebook around zero: levels at even distances for single numbers, otherwise vectors drawn evenly from a cube.
  ///
  /// - Parameters:
  ///   - range: the largest magnitude of a number.
  ///   - seeds: where the entries come from.
  public convenience init(groups: Int, size: Int, dimension: Int, range: Double, seeds: SeedSequence) throws {
    let seed = seeds.next()
    guard dimension == 1 else {
      try self.init(entries: Tensor.uniform([groups, size, dimension], in: -range...range, seed: seed))
      return
    }
    let levels = (0..<size).map { Float(range * (Double(2 * $0 + 1) / Double(size) - 1)) }
    try self.init(entries: Tensor(levels, shape: [1, size, 1]).expanded([groups, size, 1]).copy())
  }

  /// Entries, logits and tables.
  public var members: [Member] { [.parameter("entries", entries), .parameter("logits", logits)] + coderTables.members }

  /// Returns ln p, `[G, L]`.
  public func logProbabilities() throws -> Tensor { try logits.tensor.logarithmOfSoftmax(over: 1) }

  /// Returns the squared distance of each vector `[G, K, d]` to each entry, `[G, K, L]`.
  ///
  /// Number by number, so that it does not depend on how many vectors there are.
  public func squaredDistances(_ vectors: Tensor) throws -> Tensor {
    func squared(_ number: Int) throws -> Tensor {
      let entry = try entries.tensor.selected(2, number).reshaped([groups, 1, size])
      return try (vectors.narrowed(2, from: number, length: 1) - entry).squared()
    }
    return try (1..<dimension).reduce(try squared(0)) { try $0 + squared($1) }
  }

  /// Returns the entries `[G, K, d]` that `places`, int64 `[G, K]`, name, with gradients to them.
  public func entries(at places: Tensor) throws -> Tensor {
    let shape = places.shape
    return try entries.tensor.gathered(along: 1, at: places.reshaped([shape[0], shape[1], 1]).expanded([shape[0], shape[1], dimension]))
  }

  /// Computes the coder's tables, one row for each group.
  ///
  /// - Throws: an error when a probability is not finite, as after a training that diverged.
  public func updateTables() throws {
    try withoutGradients {
      let probabilities = try logits.tensor.softmax(over: 1).elements(Float.self)
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
