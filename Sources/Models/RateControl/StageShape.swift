import Layers
import Torch

/// What a stage of a ``StagedNetwork`` does to the shape of a tensor.
struct StageShape {
  let inputChannels: Int
  let outputChannels: Int
  /// The side of the input over that of the output where it shrinks, the other way round where it grows.
  let factor: Int
  /// Whether it is a non-linearity, which belongs to the stage before.
  let isNonlinearity: Bool

  /// Finds the shapes of all stages by a pass over zeros.
  ///
  /// - Parameters:
  ///   - channels: those of the network's input.
  ///   - side: that of the network's input.
  static func all(of network: any Layer, channels: Int, side: Int) throws -> [StageShape] {
    guard let network = network as? any StagedNetwork else { return [] }
    return try withoutGradients {
      var value = try Tensor.zeros([1, channels, side, side])
      return try network.stages.map { stage in
        let before = value.shape
        value = try stage.forward(value)
        let after = value.shape
        return StageShape(
          inputChannels: before[1], outputChannels: after[1], factor: max(before[2], after[2]) / min(before[2], after[2]),
          isNonlinearity: stage is any Nonlinearity)
      }
    }
  }

  /// The stages of an encoder of pictures.
  static func encoder(_ place: RateControlPlan.Place) throws -> [StageShape] { try all(of: place.encoder, channels: 3, side: 64) }

  /// The stages of a decoder.
  static func decoder(_ place: RateControlPlan.Place) throws -> [StageShape] {
    try all(of: place.decoder, channels: place.latentChannels, side: 4)
  }
}
