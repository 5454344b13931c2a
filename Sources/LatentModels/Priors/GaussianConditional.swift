public import EntropyCoding
import Layers
public import Torch
import Weights

/// The mean and the scale of each element of a latent, predicted from something else.
public struct GaussianParameters {
  /// σ, `[N, M, H, W]`; any numbers, of which those below the bound count as the bound.
  public let scales: Tensor
  /// μ, `[N, M, H, W]`; nil for zero.
  public let means: Tensor?

  /// Creates parameters.
  public init(scales: Tensor, means: Tensor? = nil) {
    self.scales = scales
    self.means = means
  }

  func inFullPrecision() throws -> GaussianParameters {
    GaussianParameters(scales: try scales.inFullPrecision(), means: try means?.inFullPrecision())
  }
}

/// The conditional entropy model: each element of a latent is a Gaussian convolved with a unit box, of a predicted scale and mean.
///
/// The probability of a value v is Φ((½ − |v − μ|)/σ') − Φ((−½ − |v − μ|)/σ') with σ' = max(σ, 0.11) and the normal distribution function
/// Φ(t) = ½·erfc(−t/√2), with the bound 0.11 unless another is set. Ballé et al., "Variational image compression with a scale hyperprior", ICLR 2018, section 3; with means Minnen, Ballé,
/// Toderici, "Joint autoregressive and hierarchical priors for learned image compression", NeurIPS 2018. A coder has one table for each of 64
/// scales (or as many as are set), and an element takes that of the next scale not below its own. State, tables and payloads are those of CompressAI's
/// `GaussianConditional`, all in 32 bits.
public final class GaussianConditional: Module {
  private let scaleTable: Buffer  // [64], increasing
  private let scaleBound: Buffer  // [1]: kept for CompressAI, which stores the bound twice
  private let likelihoodBound: Buffer  // [1]
  private let lowerBound: Buffer  // [1]
  private let coderTables: TableBuffers  // one row for each scale
  private let ownScales: [Float]
  private let tailMass: Double

  /// Creates an entropy model without tables.
  ///
  /// - Parameters:
  ///   - scales: the scales that tables are made for, positive and increasing.
  ///   - scaleBound: the least scale of a density.
  ///   - tailMass: the probability of both tails of a table together, which are coded by escapes.
  public init(scales: [Float] = GaussianTables.defaultScales, scaleBound: Double = 0.11, tailMass: Double = 1e-9) throws {
    ownScales = scales
    self.tailMass = tailMass
    scaleTable = Buffer(try Tensor(scales, shape: [scales.count]))
    self.scaleBound = Buffer(try Tensor.full([1], scaleBound))
    lowerBound = Buffer(try Tensor.full([1], scaleBound))
    likelihoodBound = Buffer(try Tensor.full([1], 1e-9))
    coderTables = try TableBuffers()
  }

  /// The buffers under CompressAI's names; there are no parameters.
  public var members: [Member] {
    coderTables.members + [
      .buffer("scale_table", scaleTable), .buffer("scale_bound", scaleBound),
      .module("likelihood_lower_bound", BoundBuffer(likelihoodBound)), .module("lower_bound_scale", BoundBuffer(lowerBound)),
    ]
  }

  /// Returns the quantised latent and the likelihood of each of its elements.
  ///
  /// - Parameters:
  ///   - latent: `[N, M, H, W]`.
  ///   - parameters: the predicted scales and means.
  ///   - noise: U(−½, ½) of the latent's shape, added in place of rounding (training); nil rounds to the mean plus a whole number.
  /// - Returns: two tensors of the latent's shape; the likelihoods are at least 1e-9.
  public func forward(_ latent: Tensor, parameters: GaussianParameters, noise: Tensor?) throws -> (values: Tensor, likelihoods: Tensor) {
    let latent = try latent.inFullPrecision()
    let parameters = try parameters.inFullPrecision()
    let values: Tensor
    if let noise {
      values = try latent + noise
    } else if let means = parameters.means {
      values = try (latent - means).rounded() + means
    } else {
      values = try latent.rounded()
    }
    return (values, try likelihoods(of: values, parameters: parameters))
  }

  /// Returns the likelihood of each element of an `[N, M, H, W]` tensor, bounded below by 1e-9.
  func likelihoods(of values: Tensor, parameters: GaussianParameters) throws -> Tensor {
    if GaussianDensityKernel.takes(values, scales: parameters.scales, means: parameters.means) {
      let kernel = GaussianDensityKernel(
        scaleBound: Float(try lowerBound.tensor.item()), bound: Float(try likelihoodBound.tensor.item()))
      return try kernel.apply(values, scales: parameters.scales, means: parameters.means)
    }
    let distances = try (parameters.means.map { try values - $0 } ?? values).absolute()
    let scales = try LowerBound.apply(parameters.scales, bound: lowerBound.tensor)
    let upper = try Self.distribution((-distances + 0.5) / scales)
    let lower = try Self.distribution((-distances - 0.5) / scales)
    return try LowerBound.apply(upper - lower, bound: likelihoodBound.tensor)
  }

  private static func distribution(_ values: Tensor) throws -> Tensor {
    try (values * -(0.5.squareRoot())).complementaryErrorFunction() * 0.5
  }

  /// Returns for each scale the row of its table, the next scale that is not below it or else the last, as int32 in row-major order.
  public func indexes(of scales: Tensor) throws -> Tensor {
    try withoutGradients {
      if let kernel = try QuantizationKernel(shape: scales.shape, scales: scales) {
        let (boundaries, bound) = try boundaries()
        return try kernel.rows(among: boundaries, bound: bound)
      }
      let boundaries = try scaleTable.tensor.narrowed(0, from: 0, length: max(scaleTable.tensor.count - 1, 0))
      return try scales.detached().maximum(lowerBound.tensor).contiguous().positions(among: boundaries)
    }
  }

  /// The same search for single scales.
  func scaleRows() throws -> ScaleRows {
    let (boundaries, bound) = try boundaries()
    return ScaleRows(boundaries: boundaries, bound: bound)
  }

  /// The scales of the tables but the last, and the least scale.
  func boundaries() throws -> (scales: [Float], bound: Float) {
    (try scaleTable.tensor.elements().dropLast(), try Float(lowerBound.tensor.item()))
  }

  /// The coder's tables of the scales.
  ///
  /// - Throws: ``LatentModelError/tablesMissing`` before ``updateTables()`` or the loading of a file with tables.
  public func tables() throws -> CodingTables { try coderTables.tables(rows: scaleTable.tensor.count, unit: "scales") }

  /// Computes the coder's tables of the scales; they do not depend on a training.
  ///
  /// A state without scales, as CompressAI writes it before its own `update()`, gets those that the model was made with.
  ///
  /// - Throws: `EntropyCodingError` when the scales are none that tables can be made for.
  public func updateTables() throws {
    if scaleTable.tensor.count == 0 { scaleTable.tensor = try Tensor(ownScales, shape: [ownScales.count]) }
    try coderTables.set(GaussianTables(scales: scaleTable.tensor.elements(), tailMass: tailMass).tables)
  }
}
