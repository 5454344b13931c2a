public import EntropyCoding
import Layers
public import Torch
import Weights

/// A mixture of symmetric densities of predicted weights, means and standard deviations, convolved with a unit box.
///
///     P(v) = Σ_k w_k·(F_k((½ − |v − μ_k|)/σ_k') − F_k((−½ − |v − μ_k|)/σ_k')), w = softmax of the predicted numbers
///
/// Cheng, Sun, Takeuchi, Katto, "Learned image compression with discretized Gaussian mixture likelihoods and attention modules", CVPR 2020, equation 10.
/// Elements are rounded to whole numbers, since a mixture has no one centre. A coder computes the entries of an element's table that it needs.
public final class MixtureDensity: ElementDensity {
  private let shape: MixtureShape
  private let scaleBound: Buffer  // [1]
  private let likelihoodBound: Buffer  // [1]

  /// Creates the family.
  public init(_ shape: MixtureShape) throws {
    self.shape = shape
    scaleBound = Buffer(try Tensor.full([1], Double(shape.scaleBound)))
    likelihoodBound = Buffer(try Tensor.full([1], 1e-9))
  }

  /// The bound.
  public var members: [Member] { [.buffer("scale_bound", scaleBound)] }

  /// Three for each component: the logits of all, then the means, then the standard deviations.
  public var parametersPerElement: Int { shape.parametersPerElement }

  /// Nil: zero.
  public func center(of parameters: Tensor) throws -> Tensor? { nil }

  /// Returns the logits as they are, means and standard deviations times the gain.
  public func scaled(_ parameters: Tensor, by gain: Tensor) throws -> Tensor {
    let count = parameters.shape[1] / shape.parametersPerElement
    let parts = try (0..<shape.parametersPerElement).map { number in
      let part = try parameters.narrowed(1, from: number * count, length: count)
      return number < shape.components.count ? part : try part * gain
    }
    return try Tensor.concatenated(parts, along: 1)
  }

  /// Returns the likelihoods of values.
  public func likelihoods(of values: Tensor, parameters: Tensor) throws -> Tensor {
    let parameters = try parameters.inFullPrecision()
    let (kinds, count) = (shape.components.count, parameters.shape[1] / shape.parametersPerElement)
    func part(_ number: Int) throws -> Tensor { try parameters.narrowed(1, from: number * count, length: count) }
    let rest = Array(parameters.shape.dropFirst(2))
    let logits = try parameters.narrowed(1, from: 0, length: kinds * count).reshaped([parameters.shape[0], kinds, count] + rest)
    let weights = try logits.softmax(over: 1)
    var sum: Tensor?
    for (kind, distribution) in shape.components.enumerated() {
      let scales = try LowerBound.apply(part(2 * kinds + kind), bound: scaleBound.tensor)
      let own = try weights.selected(1, kind) * distribution.probability(of: values, means: part(kinds + kind), scales: scales)
      sum = try sum.map { try $0 + own } ?? own
    }
    guard let sum else { throw LatentModelError.size(expected: "a component", found: "none") }
    return try LowerBound.apply(sum, bound: likelihoodBound.tensor)
  }

  /// Does nothing: there are no tables.
  public func updateTables() throws {}

  /// Returns a writer that computes the table of each element.
  public func encoder() throws -> any ElementEncoder { Encoder(MixtureEncoder(shape)) }

  /// Returns a reader that computes the table of each element.
  public func decoder(_ stream: [UInt8]) throws -> any ElementDecoder { Decoder(try MixtureDecoder(stream, shape: shape)) }

  private final class Encoder: ElementEncoder {
    private var encoder: MixtureEncoder

    init(_ encoder: MixtureEncoder) { self.encoder = encoder }

    func append(_ symbols: Tensor, parameters: Tensor) throws {
      try symbols.withElements(Int32.self) { symbols in
        try parameters.withElements(Float.self) { parameters in
          guard let start = parameters.baseAddress else { return }
          encoder.append(symbols, parameters: start)
        }
      }
    }

    func finish() throws -> [UInt8] { encoder.finish() }
  }

  private final class Decoder: ElementDecoder {
    private var decoder: MixtureDecoder

    init(_ decoder: MixtureDecoder) { self.decoder = decoder }

    func next(parameters: Tensor) throws -> Tensor {
      let numbers = decoder.parametersPerElement
      return try parameters.withElements(Float.self) { parameters in
        try Tensor.make(Int32.self, shape: [1, parameters.count / numbers]) { symbols in
          guard let start = parameters.baseAddress else { return }
          try decoder.decode(into: symbols, parameters: start)
        }
      }
    }

    func finish() throws { try decoder.finish() }
  }
}
