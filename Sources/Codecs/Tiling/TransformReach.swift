import Models
import Torch

/// How far the transforms of a model see, and what they keep in memory.
struct TransformReach: Equatable {
  /// By which number the analysis divides the sides.
  let stride: Int
  /// How many elements of the latent beyond each side of a part the analysis of the part needs; nil where a layer does not tell it.
  let analysisOverlap: Int?
  /// How many elements of the latent beyond each side of a part the synthesis of the part needs; nil where a layer does not tell it.
  let synthesisOverlap: Int?
  /// The layer that does not tell it.
  let unknownLayer: String?
  /// An estimate of the memory that a transform takes, in bytes for each pixel.
  let bytesPerPixel: Int

  /// Measures a model on a picture of the least size.
  init(of model: any TransformCodingModel, on device: Device) throws {
    let side = model.sideMultiple
    var largest = 0
    var latent = Tensor?.none
    let trace = try LayerTrace.recording {
      try withoutGradients {
        // In a chain of its own, so that its result is recorded, too, where it is no chain itself.
        let y = try Sequential([model.analysis]).forward(Tensor.zeros([1, 3, side, side], device: device))
        _ = try Sequential([model.synthesis]).forward(y)
        latent = y
      }
    }
    for record in trace.records { largest = max(largest, record.outputShape.reduce(1, *)) }
    stride = latent.map { max(side / max($0.shape[2], 1), 1) } ?? side
    bytesPerPixel = (Self.copies * largest * MemoryLayout<Float>.size + side * side - 1) / (side * side)
    do {
      (analysisOverlap, synthesisOverlap) = (
        try Self.analysisOverlap(model.analysis, stride: stride), try Self.synthesisOverlap(model.synthesis, stride: stride)
      )
      unknownLayer = nil
    } catch {
      (analysisOverlap, synthesisOverlap, unknownLayer) = (nil, nil, error.layer)
    }
  }

  /// How many feature maps as large as the largest are in memory at once.
  ///
  /// A divisive normalization holds its input, the squares, the norm, its root and the result.
  private static let copies = 5

  /// The elements of the latent around element 0 that hold all pixels of which it is computed.
  private static func analysisOverlap(_ network: any Layer, stride: Int) throws(UnknownReach) -> Int {
    let pixels = try network.neededRows(for: 0..<1)
    return overlap(before: -pixels.lowerBound, after: pixels.upperBound - stride, stride: stride)
  }

  /// The elements of the latent around element 0 of which its pixels are computed.
  private static func synthesisOverlap(_ network: any Layer, stride: Int) throws(UnknownReach) -> Int {
    let elements = try network.neededRows(for: 0..<stride)
    return overlap(before: -elements.lowerBound, after: elements.upperBound - 1, stride: 1)
  }

  private static func overlap(before: Int, after: Int, stride: Int) -> Int { (max(before, after, 0) + stride - 1) / stride }
}
