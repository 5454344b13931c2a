import Layers
import Torch
import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of a context model's weights.
struct ContextWeights {
  let channels: Int
  let mask: Tensor
  let contextWeight: [Float]  // [2·M, M, k, k], not masked
  let contextBias: [Float]
  let shift: [Float]?  // added to the bias; never changed in a model
  let layers: [(weight: [Float], bias: [Float])]  // [outputs, inputs] and [outputs]

  /// Copies the present weights of a model.
  init(_ model: ContextModel) throws {
    func numbers(_ parameter: Parameter) throws -> [Float] { try parameter.tensor.detached().elements(Float.self) }
    channels = model.channels
    mask = model.prediction.mask.tensor
    contextWeight = try numbers(model.prediction.weight)
    contextBias = try numbers(model.prediction.bias)
    shift = try model.shift?.detached().elements(Float.self)
    layers = try model.entropyParameters.map { (weight: try numbers($0.weight), bias: try numbers($0.bias)) }
  }

  /// The weights of the convolution times the mask.
  func masked() throws -> [Float] {
    try mask.withElements(Float.self) { mask in
      guard mask.count == contextWeight.count else {
        throw LatentModelError.size(expected: "a mask of \(contextWeight.count) elements", found: "\(mask.count)")
      }
      return zip(contextWeight, mask).map { $0 * $1 }
    }
  }

  /// What φ begins with at every place.
  var contextStart: [Float] { shift.map { zip(contextBias, $0).map { $0 + $1 } } ?? contextBias }

  /// Whether a model's weights are these still, bit for bit; a mask is never changed, only replaced.
  func areThose(of model: ContextModel) throws -> Bool {
    func equal(_ kept: [Float], _ parameter: Parameter) throws -> Bool {
      try parameter.tensor.detached().withElements(Float.self) { present in
        let bytes = UnsafeRawBufferPointer(present)
        return kept.withUnsafeBytes { kept in
          guard let left = kept.baseAddress, let right = bytes.baseAddress, kept.count == bytes.count else {
            return kept.count == bytes.count
          }
          return memcmp(left, right, bytes.count) == 0
        }
      }
    }
    guard mask === model.prediction.mask.tensor, try equal(contextBias, model.prediction.bias) else { return false }
    for (kept, layer) in zip(layers, model.entropyParameters) {
      guard try equal(kept.weight, layer.weight), try equal(kept.bias, layer.bias) else { return false }
    }
    return try equal(contextWeight, model.prediction.weight)
  }
}
