public import EntropyCoding
import Layers
public import Torch

/// A symmetric density of predicted standard deviation and mean, convolved with a unit box, that is no Gaussian.
///
/// The probability of a value v is F((½ − |v − μ|)/σ') − F((−½ − |v − μ|)/σ') with σ' = max(σ, 0.11), unless another bound is set, and the cumulative F of
/// standard deviation 1; so σ means the same as under ``GaussianConditional``. A coder has one table for each of 64 scales, and an element takes that of
/// the next scale not below its own.
public final class LocationScaleDensity: ElementDensity {
  private let distribution: StandardDistribution
  private let scales: [Float]
  private let tailMass: Double
  private let scaleBound: Buffer  // [1]
  private let likelihoodBound: Buffer  // [1]
  private let coderTables: TableBuffers

  /// Creates the family, without tables.
  ///
  /// - Parameters:
  ///   - scales: the standard deviations that tables are made for, positive and increasing.
  ///   - scaleBound: the least standard deviation of a density.
  ///   - tailMass: the probability of both tails of a table together.
  public init(_ distribution: StandardDistribution, scales: [Float], scaleBound: Double, tailMass: Double) throws {
    (self.distribution, self.scales, self.tailMass) = (distribution, scales, tailMass)
    self.scaleBound = Buffer(try Tensor.full([1], scaleBound))
    likelihoodBound = Buffer(try Tensor.full([1], 1e-9))
    coderTables = try TableBuffers()
  }

  /// The tables and the bound.
  public var members: [Member] { coderTables.members + [.buffer("scale_bound", scaleBound)] }

  /// Two: the standard deviation and the mean.
  public var parametersPerElement: Int { 2 }

  /// Returns the means.
  public func center(of parameters: Tensor) throws -> Tensor? { try split(parameters).means }

  /// Returns scales and means times the gain.
  public func scaled(_ parameters: Tensor, by gain: Tensor) throws -> Tensor {
    let count = parameters.shape[1] / 2
    let parts = try (0..<2).map { try parameters.narrowed(1, from: $0 * count, length: count) * gain }
    return try Tensor.concatenated(parts, along: 1)
  }

  /// Returns the likelihoods of values.
  public func likelihoods(of values: Tensor, parameters: Tensor) throws -> Tensor {
    let (scales, means) = try split(parameters.inFullPrecision())
    let bounded = try LowerBound.apply(scales, bound: scaleBound.tensor)
    return try LowerBound.apply(distribution.probability(of: values, means: means, scales: bounded), bound: likelihoodBound.tensor)
  }

  /// Computes the tables of the scales.
  public func updateTables() throws { try coderTables.set(DistributionTables.make(distribution, scales: scales, tailMass: tailMass)) }

  /// Returns a writer that chooses the table of each scale.
  public func encoder() throws -> any ElementEncoder { TableEncoder(tables: try tables(), rows: rows) }

  /// Returns a reader that chooses the table of each scale.
  public func decoder(_ stream: [UInt8]) throws -> any ElementDecoder { try TableDecoder(stream, tables: tables(), rows: rows) }

  private func tables() throws -> CodingTables { try coderTables.tables(rows: scales.count, unit: "scales") }

  private func rows(_ parameters: Tensor) throws -> Tensor {
    let boundaries = try Tensor(Array(scales.dropLast()), shape: [scales.count - 1])
    return try split(parameters.to(.cpu)).scales.maximum(scaleBound.tensor.to(.cpu)).contiguous().positions(among: boundaries)
  }

  private func split(_ parameters: Tensor) throws -> (scales: Tensor, means: Tensor) {
    let count = parameters.shape[1] / 2
    return (try parameters.narrowed(1, from: 0, length: count), try parameters.narrowed(1, from: count, length: count))
  }
}
