import Layers
import Torch

/// The prediction of one batch, plane after plane, which keeps the features of the planes before.
final class ZigzagPrediction: ElementPrediction {
  private let model: ZigzagContext
  private let hyper: Tensor?
  /// The features behind each layer, `[N, B·F, H + k − 1, W + k − 1]`.
  private var maps: [Tensor] = []

  init(_ model: ZigzagContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

  var context: any GroupedContext { model }

  func elementParameters(of group: Int, known: Tensor) throws -> Tensor {
    let (shape, pad) = (known.shape, model.padding)
    let plane = ZigzagPlane(number: group, blocks: model.blocks, height: shape[2], width: shape[3])
    let taps = try plane.taps(padding: pad).to(known.device)
    if maps.isEmpty {
      let map = try Tensor.zeros([shape[0], model.blocks * model.features, shape[2] + 2 * pad, shape[3] + 2 * pad]).to(known.device)
      maps = model.convolutions.dropLast().map { _ in map }
    }
    var input = try known.padded(left: pad, right: pad, top: pad, bottom: pad)
    var features: Tensor?
    for (layer, convolution) in model.convolutions.enumerated() {
      let found = try convolution.forward(input, taps: taps, lines: plane.lines).rectified(slope: 0.01)
      let sum = try features.map { try $0 + found } ?? found
      features = sum
      guard layer < maps.count else { break }
      maps[layer] = try stored(sum, of: plane, in: maps[layer], samples: shape[0])
      input = maps[layer]
    }
    guard let features else { throw LatentModelError.order(reason: "the zigzag has no layer") }
    let joined = try side(of: plane, shape: shape).map { try Tensor.concatenated([features, $0], along: 2) } ?? features
    let outputs = try model.ends[1].forward(model.ends[0].forward(joined).rectified(slope: 0.01))  // [B, N·n, P·C]
    let (numbers, own) = (model.parametersPerElement, model.channels / model.blocks)
    return try outputs.reshaped([model.blocks, shape[0], plane.lines, numbers, own]).permuted([1, 3, 0, 4, 2])
      .reshaped([shape[0], numbers, -1]).slices(along: 2, at: plane.chosen(channels: own).to(known.device)).reshaped([shape[0], -1])
  }

  /// Returns a map with the features of a plane, `[B, N·n, F]`.
  private func stored(_ features: Tensor, of plane: ZigzagPlane, in map: Tensor, samples: Int) throws -> Tensor {
    let values = try features.reshaped([model.blocks, samples, plane.lines, model.features]).permuted([1, 0, 3, 2])
      .reshaped([samples, -1]).slices(along: 1, at: plane.chosen(channels: model.features).to(map.device))
    let targets = try plane.targets(channels: model.features, padding: model.padding).to(map.device)
    return try map.reshaped([samples, -1]).withSlices(along: 1, at: targets, values).reshaped(map.shape)
  }

  /// Returns ψ at the places of a plane, `[B, N·n, K]`.
  private func side(of plane: ZigzagPlane, shape: [Int]) throws -> Tensor? {
    guard let hyper else { return nil }
    let count = hyper.shape[1]
    // One place of the kernel alone, in ψ with a border that the filling points at.
    let bordered = try hyper.padded(left: 0, right: 1, top: 1, bottom: 0).reshaped([shape[0], count, -1])
    return try bordered.slices(along: 2, at: plane.centers().to(hyper.device)).reshaped([shape[0], count, model.blocks, plane.lines])
      .permuted([2, 0, 3, 1]).reshaped([model.blocks, shape[0] * plane.lines, count])
  }
}
