import Layers
public import Torch

/// The network that says how far towards zero an element is put back from its whole number.
///
///     o = −f(σ·g, g), f: 2 → 12 → 12 → 1 with rectified linear units between
///
/// A density that falls to both sides has more of its mass on the inner side of an interval, and so the best value for what was rounded lies
/// there, the farther in the narrower the density. Kamisli, Racapé, Choi, "Variable-rate learned image compression with multi-objective optimization and
/// quantization-reconstruction offsets", DCC 2024, section 3.2. The widths and the names of the state are those of CompressAI's `QuantABCD`.
public final class ReconstructionOffsets: Module {
  private let layers: [DenseLayer]
  private let chain: Sequential

  /// Creates the network with random weights drawn from `seeds`.
  public init(width: Int = 12, seeds: SeedSequence) throws {
    layers = try [(2, width), (width, width), (width, 1)].map { try DenseLayer(inputs: $0, outputs: $1, seeds: seeds) }
    chain = Sequential(Array(layers.flatMap { [$0, RectifiedLinear()] as [any Layer] }.dropLast()))
  }

  /// The layers under their numbers.
  public var members: [Member] { chain.members }

  /// Returns the offset of each element, with gradients.
  ///
  /// - Parameters:
  ///   - scales: σ·g, not below the least scale, `[N, M, H, W]`.
  ///   - gain: g, of one element.
  public func forward(_ scales: Tensor, gain: Tensor) throws -> Tensor {
    let column = try scales.reshaped([-1, 1])
    let inputs = try Tensor.concatenated([column, gain.reshaped([1, 1]).expanded(column.shape)], along: 1)
    return try -chain.forward(inputs).reshaped(scales.shape)
  }

  /// Returns the network at one gain, for single elements.
  func curve(gain: Float) throws -> OffsetCurve {
    func numbers(_ parameter: Parameter) throws -> [Float] { try parameter.tensor.detached().elements(Float.self) }
    let first = try numbers(layers[0].weight)
    return OffsetCurve(
      start: zip(try numbers(layers[0].bias), stride(from: 1, to: first.count, by: 2)).map { $0 + first[$1] * gain },
      slopes: stride(from: 0, to: first.count, by: 2).map { first[$0] }, middle: try numbers(layers[1].weight),
      middleBias: try numbers(layers[1].bias), last: try numbers(layers[2].weight), lastBias: try numbers(layers[2].bias)[0])
  }
}

/// The offsets of one gain as a function of σ·g.
///
/// Sums run in one order with 32 bits and products are rounded first, so that machines with IEEE arithmetic agree to the last bit; what follows in a
/// context model is predicted from the values.
struct OffsetCurve {
  let start: [Float]
  let slopes: [Float]
  let middle: [Float]
  let middleBias: [Float]
  let last: [Float]
  let lastBias: Float

  /// Returns what is added to the magnitude of a whole number other than zero.
  func offset(at scale: Float) -> Float {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: start.count) { hidden in
      for index in start.indices { hidden[index] = max(start[index] + slopes[index] * scale, 0) }
      var sum = lastBias
      var weight = 0
      for output in middleBias.indices {
        var value = middleBias[output]
        for input in start.indices {
          value += middle[weight] * hidden[input]
          weight += 1
        }
        sum += last[output] * max(value, 0)
      }
      return -sum
    }
  }
}
