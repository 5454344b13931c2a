import LatentModels
import Models
import Torch

/// What a model does and takes with one picture of a size.
struct CostProbe {
  /// What a module does, all its calls together.
  struct Part {
    var outputShape: [Int]
    var multiplyAccumulates = 0
    var keptBytes = 0
  }

  let height: Int
  let width: Int
  /// The multiply–accumulates of a forward pass.
  let multiplyAccumulates: Int
  let parts: [ObjectIdentifier: Part]
  /// The most that tensors take while the picture is coded, without the weights.
  let encodingBytes: Int
  /// The most that tensors take while it is decoded, without the weights.
  let decodingBytes: Int

  var pixels: Int { height * width }

  /// Codes and decodes a picture of noise, and makes a forward pass as in training, whose memory is counted.
  init(_ model: any CompressionModel, height: Int, width: Int) throws {
    (self.height, self.width) = (height, width)
    let picture = try Tensor.uniform([1, 3, height, width], in: 0...1, seed: 7)
    let trace = try LayerTrace.recording { try withoutGradients { _ = try model.forward(picture, noise: nil) } }
    let training = try MemoryWatch.watching { _ in
      try LayerTrace.recording { _ = try model.forward(picture, noise: SampleNoise(seed: 0, step: 0, indices: [0])) }
    }
    multiplyAccumulates = trace.multiplyAccumulates
    var parts: [ObjectIdentifier: Part] = [:]
    for record in trace.records {
      parts[record.layer, default: Part(outputShape: record.outputShape)].multiplyAccumulates += record.multiplyAccumulates
    }
    // Losses have layers of their own, and some are called in training alone.
    for record in training.records { parts[record.layer]?.keptBytes += record.keptBytes ?? 0 }
    self.parts = parts
    let coded = try Self.peak { try model.compress(picture) }
    encodingBytes = coded.bytes + picture.count * MemoryLayout<Float>.size
    decodingBytes = try Self.peak { try model.decompress(coded.result) }.bytes
  }

  private static func peak<Result>(_ body: () throws -> Result) throws -> (result: Result, bytes: Int) {
    try MemoryWatch.watching { watch in (try body(), watch.peak) }
  }
}
