import EntropyCoding
public import Torch
import Weights

/// Gaussians of predicted scale and mean: ``GaussianConditional`` as a density family of two parameters.
public final class GaussianDensity: ElementDensity {
  /// In which order the two numbers of the elements come.
  public enum Order: Sendable {
    /// The scales, then the means, as in most models.
    case scalesFirst
    /// The means, then the scales.
    case meansFirst
  }

  /// The entropy model.
  public let conditional: GaussianConditional
  private let order: Order

  /// Creates the family.
  public init(_ conditional: GaussianConditional, order: Order = .scalesFirst) {
    self.conditional = conditional
    self.order = order
  }

  /// The entropy model under CompressAI's name.
  public var members: [Member] { [.module("gaussian_conditional", conditional)] }

  /// Two: the scale and the mean.
  public var parametersPerElement: Int { 2 }

  /// Returns the means.
  public func center(of parameters: Tensor) throws -> Tensor? { try gaussian(parameters).means }

  /// Returns scales and means times the gain.
  public func scaled(_ parameters: Tensor, by gain: Tensor) throws -> Tensor {
    let count = parameters.shape[1] / 2
    let parts = try (0..<2).map { try parameters.narrowed(1, from: $0 * count, length: count) * gain }
    return try Tensor.concatenated(parts, along: 1)
  }

  /// Returns the likelihoods of values.
  public func likelihoods(of values: Tensor, parameters: Tensor) throws -> Tensor {
    try conditional.likelihoods(of: values, parameters: gaussian(parameters).inFullPrecision())
  }

  /// Computes the tables of the scales.
  public func updateTables() throws { try conditional.updateTables() }

  /// Returns a writer that chooses the table of each scale.
  public func encoder() throws -> any ElementEncoder { TableEncoder(tables: try conditional.tables(), rows: rows) }

  /// Returns a reader that chooses the table of each scale.
  public func decoder(_ stream: [UInt8]) throws -> any ElementDecoder {
    try TableDecoder(stream, tables: conditional.tables(), rows: rows)
  }

  private func rows(_ parameters: Tensor) throws -> Tensor { try conditional.indexes(of: gaussian(parameters).scales) }

  private func gaussian(_ parameters: Tensor) throws -> GaussianParameters {
    let count = parameters.shape[1] / 2
    let first = try parameters.narrowed(1, from: 0, length: count)
    let second = try parameters.narrowed(1, from: count, length: count)
    return order == .scalesFirst ? GaussianParameters(scales: first, means: second) : GaussianParameters(scales: second, means: first)
  }
}
