import Layers
import Torch

/// The layers of spatial feature transforms of one staged network: features of a condition at the size of each stage, and from these a scale and
/// a shift for each place and channel.
struct SpatialTransformLayers {
  /// What belongs to one stage.
  struct Stage {
    let number: Int
    /// What takes the condition to the size of the stage; nil where it has it already.
    let resize: (any Layer)?
    let scale: Convolution
    let shift: Convolution
  }

  let stages: [Stage]

  /// Makes the layers of an encoder, behind its stages.
  init(encoder shapes: [StageShape], condition: Int, seeds: SeedSequence) throws {
    var input = 1
    stages = try shapes.indices.filter { !shapes[$0].isNonlinearity }.map { number in
      let shape = shapes[number]
      let isFirst = input == 1
      let resize: (any Layer)? =
        isFirst || shape.factor > 1
        ? try Convolution(inputChannels: input, outputChannels: condition, kernel: 3, stride: shape.factor, seeds: seeds) : nil
      input = condition
      return try Self.stage(number, resize, condition, shape.outputChannels, seeds)
    }
  }

  /// Makes the layers of a decoder, ahead of its stages; the condition is made of its input.
  init(decoder shapes: [StageShape], condition: Int, seeds: SeedSequence) throws {
    var (input, factor) = (shapes[0].inputChannels, 1)
    stages = try shapes.indices.filter { !shapes[$0].isNonlinearity }.map { number in
      let resize: (any Layer)? =
        if number == 0 {
          try Convolution(inputChannels: input, outputChannels: condition, kernel: 3, stride: 1, seeds: seeds)
        } else if factor > 1 {
          try TransposedConvolution(inputChannels: input, outputChannels: condition, kernel: 3, stride: factor, seeds: seeds)
        } else {
          nil
        }
      (input, factor) = (condition, shapes[number].factor)
      return try Self.stage(number, resize, condition, shapes[number].inputChannels, seeds)
    }
  }

  private static func stage(
    _ number: Int, _ resize: (any Layer)?, _ condition: Int, _ channels: Int, _ seeds: SeedSequence
  ) throws -> Stage {
    Stage(
      number: number, resize: resize,
      scale: try Convolution(inputChannels: condition, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds),
      shift: try Convolution(inputChannels: condition, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds))
  }

  func members(_ side: String) -> [Member] {
    stages.flatMap { stage -> [Member] in
      let prefix = "spatial_transform.\(side).\(stage.number)"
      return (stage.resize.map { [.module("\(prefix).condition", $0)] } ?? [])
        + [.module("\(prefix).scale", stage.scale), .module("\(prefix).shift", stage.shift)]
    }
  }
}

/// A staged network with spatial feature transforms.
///
/// It does not say how far it sees: a map of qualities lies beside the picture as a whole.
final class SpatialTransformNetwork: Layer {
  /// Where the condition comes from.
  enum Condition {
    /// A map beside the picture, `[1, 1, H, W]` or `[N, 1, H, W]`; behind each stage.
    case map(Tensor)
    /// A map of one number.
    case level(Double)
    /// The input itself; ahead of each stage.
    case input
  }

  private let network: any StagedNetwork
  private let layers: SpatialTransformLayers
  private let condition: Condition

  init(_ network: any StagedNetwork, layers: SpatialTransformLayers, condition: Condition) {
    (self.network, self.layers, self.condition) = (network, layers, condition)
  }

  var members: [Member] { network.members }

  func forward(_ input: Tensor) throws -> Tensor {
    var features = try start(input)
    let isAhead = if case .input = condition { true } else { false }
    let transforms = Dictionary(uniqueKeysWithValues: layers.stages.map { ($0.number, $0) })
    var value = input
    for (number, stage) in network.stages.enumerated() {
      if isAhead, let transform = transforms[number] { value = try Self.transformed(value, transform, &features) }
      // A chain of one, so that what is traced sees the stage.
      value = try Sequential([stage]).forward(value)
      if !isAhead, let transform = transforms[number] { value = try Self.transformed(value, transform, &features) }
    }
    return value
  }

  /// x ⊙ (1 + γ) + β.
  private static func transformed(
    _ value: Tensor, _ transform: SpatialTransformLayers.Stage, _ features: inout Tensor
  ) throws -> Tensor {
    if let resize = transform.resize { features = try resize.forward(features).rectified(slope: 0.01) }
    return try value * (transform.scale.forward(features) + 1) + transform.shift.forward(features)
  }

  private func start(_ input: Tensor) throws -> Tensor {
    let shape = input.shape
    switch condition {
    case .input: return input
    case .level(let level): return try Tensor.full([shape[0], 1, shape[2], shape[3]], level).to(input.device)
    case .map(let map):
      guard map.shape.count == 4, map.shape.dropFirst() == [1, shape[2], shape[3]], [1, shape[0]].contains(map.shape[0]) else {
        throw TorchError.shape(
          operation: "a map of qualities", expected: "of the padded picture's sides \(shape[2])×\(shape[3])", found: map.shape)
      }
      return try map.to(input.device).expanded([shape[0], 1, shape[2], shape[3]])
    }
  }
}
