public import Torch
import Weights

/// How fine a latent with predicted densities is quantised, and where its elements are put back.
///
///     q = round((y − μ)·g), coded with the density of the scale σ·g
///     ŷ = μ + sign(q)·(|q| + o)/g, o = 0 where q = 0 and without offsets
///
/// g is the inverse of the width of an interval: the larger it is, the more bits are spent and the less is lost.
public struct QuantizationStep {
  /// g, positive, of the shape `[1, 1, 1, 1]` for all channels or `[1, M, 1, 1]` for each its own; gradients may go through it.
  public let gain: Tensor
  /// Where o comes from; nil for zero.
  ///
  /// It needs one g for all channels.
  public let offsets: ReconstructionOffsets?
  /// The least scale of a density, which o counts with.
  let scaleBound: Float

  /// Creates a step for latents that `conditional` codes.
  ///
  /// - Parameter gain: one number or one for each channel.
  /// - Throws: ``LatentModelError/size(expected:found:)`` for gains that are not positive.
  public init(gain: Tensor, offsets: ReconstructionOffsets?, conditional: GaussianConditional) throws {
    precondition(offsets == nil || gain.count == 1, "offsets go with one gain")
    let numbers = try gain.detached().elements(Float.self)
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw LatentModelError.size(expected: "a positive gain", found: "\(numbers)")
    }
    self.gain = try gain.reshaped([1, -1, 1, 1])
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
    let shape = wholes.shape
    let places = shape[2] * shape[3]
    let element = try SerialStep(self, channels: shape[1])
    let values = try wholes.withElements(Float.self) { elements in
      try scales.detached().withElements(Float.self) { scales in
        try Tensor.make(Float.self, shape: shape) { values in
          for row in 0..<shape[0] * shape[1] {
            for index in row * places..<(row + 1) * places {
              values[index] = element.value(of: elements[index], scale: scales[index], channel: row % shape[1])
            }
          }
        }
      }
    }.to(wholes.device)
    return try means.map { try values + $0 } ?? values
  }
}
