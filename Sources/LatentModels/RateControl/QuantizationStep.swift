public import Torch
import Weights

/// How fine a latent with predicted densities is quantised, and where its elements are put back.
///
///     q = round((y − μ)·g), coded with the density of the scale σ·g
///     ŷ = μ + sign(q)·(|q| + o)/g, o = 0 where q = 0 and without offsets
///
/// g is the inverse of the width of an interval: the larger it is, the more bits are spent and the less is lost.
public struct QuantizationStep {
  /// g, positive, of the shape `[]`; gradients may go through it.
  public let gain: Tensor
  /// Where o comes from; nil for zero.
  public let offsets: ReconstructionOffsets?
  /// The least scale of a density, which o counts with.
  let scaleBound: Float

  /// Creates a step for latents that `conditional` codes.
  ///
  /// - Throws: ``LatentModelError/size(expected:found:)`` for a gain that is not one positive number.
  public init(gain: Tensor, offsets: ReconstructionOffsets?, conditional: GaussianConditional) throws {
    guard gain.count == 1, case let value = try gain.detached().item(), value > 0, value.isFinite else {
      throw LatentModelError.size(expected: "one positive gain", found: "\(try gain.detached().elements(Float.self))")
    }
    self.gain = try gain.reshaped([])
    self.offsets = offsets
    scaleBound = try conditional.boundaries().bound
  }

  /// Returns the parameters of the densities of y·g.
  public func scaled(_ parameters: GaussianParameters) throws -> GaussianParameters {
    let parameters = try parameters.inFullPrecision()
    return GaussianParameters(scales: try parameters.scales * gain, means: try parameters.means.map { try $0 * gain })
  }

  /// Returns ŷ of whole numbers, or of what stands for them in training, with gradients.
  ///
  /// - Parameters:
  ///   - wholes: q, `[N, M, H, W]`.
  ///   - scales: σ·g.
  ///   - means: μ; nil for zero.
  func relaxedValues(_ wholes: Tensor, scales: Tensor, means: Tensor?) throws -> Tensor {
    var wholes = wholes
    if let offsets {
      let offset = try offsets.forward(scales.maximum(Tensor(scalar: scaleBound).to(scales.device)), gain: gain)
      wholes = try wholes + offset * Self.direction(of: wholes)
    }
    let values = try wholes / gain
    return try means.map { try values + $0 } ?? values
  }

  /// The sign of each whole number, zero where what stands for it rounds to zero.
  private static func direction(of wholes: Tensor) throws -> Tensor {
    let rounded = try wholes.detached().rounded()
    return try rounded / rounded.absolute().clamped(from: 1)
  }

  /// Returns ŷ of whole numbers as a decoder computes it, on every machine alike.
  func values(_ wholes: Tensor, scales: Tensor, means: Tensor?) throws -> Tensor {
    let element = try SerialStep(self)
    let values = try wholes.withElements(Float.self) { elements in
      try scales.detached().withElements(Float.self) { scales in
        try Tensor.make(Float.self, shape: wholes.shape) { values in
          for index in elements.indices { values[index] = element.value(of: elements[index], scale: scales[index]) }
        }
      }
    }.to(wholes.device)
    return try means.map { try values + $0 } ?? values
  }
}

/// A ``QuantizationStep`` for single elements; without one nothing is scaled.
struct SerialStep {
  /// g.
  let gain: Float
  private let inverse: Float
  private let curve: OffsetCurve?
  private let scaleBound: Float

  /// Takes a step apart.
  init(_ step: QuantizationStep?) throws {
    gain = try step.map { Float(try $0.gain.detached().item()) } ?? 1
    inverse = 1 / gain
    curve = try step?.offsets?.curve(gain: gain)
    scaleBound = step?.scaleBound ?? 0
  }

  /// Returns ŷ − μ.
  ///
  /// - Parameters:
  ///   - whole: q.
  ///   - scale: σ·g.
  func value(of whole: Float, scale: Float) -> Float {
    guard let curve, whole != 0 else { return whole * inverse }
    let offset = curve.offset(at: scale < scaleBound ? scaleBound : scale)
    return (whole < 0 ? whole - offset : whole + offset) * inverse
  }
}
