public import EntropyCoding
import Layers
public import Torch
import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The fully factorized entropy model: one learned density for each channel, the same at every place.
///
/// The cumulative c(x) = σ(f₅ ∘ … ∘ f₁(x)) has the stages f_k(x) = g_k(softplus(H_k)·x + b_k) with g_k(x) = x + tanh(a_k)·tanh(x), and the identity in the
/// last; the inner widths are 3, 3, 3, 3 unless told otherwise. The probability of a value v is c(v + ½) − c(v − ½). Ballé et al., "Variational image compression with a
/// scale hyperprior", ICLR 2018, appendix 6.1. Parameters, tables and payloads are those of CompressAI's `EntropyBottleneck`.
public final class EntropyBottleneck: Module {
  /// The number of channels, C.
  public let channels: Int

  let widths: [Int]  // d(0) … d(K)
  let matrices: [Parameter]  // [C, d(k+1), d(k)]
  let biases: [Parameter]  // [C, d(k+1), 1]
  let factors: [Parameter]  // [C, d(k+1), 1], none in the last stage
  let quantiles: Parameter  // [C, 1, 3]: lower tail, median, upper tail
  private let target: Buffer  // [3]
  let bound: Buffer  // [1]
  private let coderTables: TableBuffers  // one row for each channel
  /// Δ, the width of the intervals, of the shape `[]`, or `[1, C, 1, 1]` for each channel its own; nil for 1.
  let width: Tensor?
  private var hasTablesOfWidth = false

  private static let likelihoodBound = 1e-9

  /// Creates an entropy model.
  ///
  /// - Parameters:
  ///   - channels: the number of channels, C.
  ///   - filters: the inner widths of the stages.
  ///   - initialScale: about how wide the densities are at first.
  ///   - tailMass: the probability of both tails together, to which the auxiliary loss leads the outer quantiles.
  ///   - seeds: where the initial weights come from.
  public init(
    channels: Int, filters: [Int] = [3, 3, 3, 3], initialScale: Double = 10, tailMass: Double = 1e-9, seeds: SeedSequence
  ) throws {
    self.channels = channels
    let widths = [1] + filters + [1]
    let stages = widths.count - 1
    let scale = pow(initialScale, 1 / Double(stages))
    var matrices: [Parameter] = []
    var biases: [Parameter] = []
    var factors: [Parameter] = []
    for stage in 0..<stages {
      let (input, output) = (widths[stage], widths[stage + 1])
      let value = log(expm1(1 / scale / Double(output)))
      matrices.append(try Parameter(Tensor.full([channels, output, input], value)))
      biases.append(try Parameter(Tensor.uniform([channels, output, 1], in: -0.5...0.5, seed: seeds.next())))
      if stage < stages - 1 { factors.append(try Parameter(Tensor.zeros([channels, output, 1]))) }
    }
    (self.widths, self.matrices, self.biases, self.factors) = (widths, matrices, biases, factors)
    let start = try Tensor([Float(-initialScale), 0, Float(initialScale)], shape: [1, 1, 3])
    quantiles = try Parameter(start.expanded([channels, 1, 3]).copy())
    let logit = log(2 / tailMass - 1)
    target = Buffer(try Tensor([Float(-logit), 0, Float(logit)], shape: [3]))
    bound = Buffer(try Tensor.full([1], Self.likelihoodBound))
    coderTables = try TableBuffers()
    width = nil
  }

  private init(sharing other: EntropyBottleneck, width: Tensor) throws {
    (channels, widths, matrices, biases, factors) = (other.channels, other.widths, other.matrices, other.biases, other.factors)
    (quantiles, target, bound) = (other.quantiles, other.target, other.bound)
    coderTables = try TableBuffers()
    self.width = width
  }

  /// Returns an entropy model of the same densities that codes intervals of another width: v = m + q·Δ with the probability c(v + Δ/2) − c(v − Δ/2).
  ///
  /// Its tables are computed of the present densities when they are first asked for.
  ///
  /// - Parameter width: Δ, one positive number, or one for each channel; gradients may go through it.
  public func stepped(width: Tensor) throws -> EntropyBottleneck {
    guard width.count == 1 || width.count == channels else {
      throw LatentModelError.size(expected: "one width or \(channels)", found: "\(width.count)")
    }
    return try EntropyBottleneck(sharing: self, width: width.reshaped(width.count == 1 ? [] : [1, channels, 1, 1]))
  }

  /// Parameters and buffers under CompressAI's names.
  public var members: [Member] {
    var members: [Member] = [.parameter("quantiles", quantiles)]
    members += matrices.enumerated().map { .parameter("matrices.\($0.offset)", $0.element) }
    members += biases.enumerated().map { .parameter("biases.\($0.offset)", $0.element) }
    members += factors.enumerated().map { .parameter("factors.\($0.offset)", $0.element) }
    return members + coderTables.members + [.buffer("target", target), .module("likelihood_lower_bound", BoundBuffer(bound))]
  }

  /// Returns the quantised latent and the likelihood of each of its elements.
  ///
  /// - Parameters:
  ///   - latent: `[N, C, H, W]`.
  ///   - noise: U(−½, ½) of the latent's shape, added in place of rounding (training); nil rounds to the median plus a whole number.
  /// - Returns: two tensors of the latent's shape; the likelihoods are at least 1e-9.
  public func forward(_ latent: Tensor, noise: Tensor?) throws -> (values: Tensor, likelihoods: Tensor) {
    let latent = try latent.inFullPrecision()
    let values: Tensor
    if let noise {
      values = try latent + (width.map { try noise * $0 } ?? noise)
    } else {
      let medians = try medians()
      values = try width.map { try ((latent - medians) / $0).rounded() * $0 + medians } ?? (latent - medians).rounded() + medians
    }
    return (values, try withFullPrecision(on: values.device) { try likelihoods(of: values) })
  }

  /// Returns the sum over all channels of |logit(quantile) − target|, which trains the quantiles alone.
  ///
  /// With it the three quantiles of a channel move to the tails (mass 1e-9 by default) and the median of its density; CompressAI's
  /// `EntropyBottleneck.loss`, which the paper does not have.
  public func auxiliaryLoss() throws -> Tensor {
    let logits = try cumulativeLogits(quantiles.tensor, trainingDensity: false)  // [C, 1, 3]
    return try (logits - target.tensor).absolute().sum()
  }

  /// Returns the medians as `[1, C, 1, 1]`, cut off from the gradients.
  public func medians() throws -> Tensor {
    try quantiles.tensor.detached().narrowed(2, from: 1, length: 1).reshaped([1, channels, 1, 1])
  }

  /// The coder's tables of the present densities.
  ///
  /// - Throws: ``LatentModelError/tablesMissing`` before ``updateTables()`` or the loading of a file with tables.
  public func tables() throws -> CodingTables {
    if width != nil, !hasTablesOfWidth {
      // Both sides compute them, so that nothing may depend on the number of threads.
      try Runtime.withOneThread { try updateTables() }
      hasTablesOfWidth = true
    }
    return try coderTables.tables(rows: channels, unit: "channels")
  }

  /// The coder's tables where each channel has several, one after the other.
  func tables(forEachChannel count: Int) throws -> CodingTables {
    try coderTables.tables(rows: channels * count, unit: "offsets of channels")
  }

  func setTables(_ tables: CodingTables) throws { try coderTables.set(tables) }
}
