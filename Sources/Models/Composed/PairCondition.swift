import Layers
import Torch

/// What a latent of more places says about one of fewer: two convolutions 3×3 of its squares of places, `[N, f²·C_H, h, w]` to `[N, K, h, w]`.
final class PairCondition: Layer {
  private let layers: Sequential

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: f²·C_H.
  ///   - outputs: K.
  init(channels: Int, outputs: Int, seeds: SeedSequence) throws {
    layers = Sequential([
      try Convolution(inputChannels: channels, outputChannels: outputs, kernel: 3, stride: 1, seeds: seeds), LeakyRectifiedLinear(),
      try Convolution(inputChannels: outputs, outputChannels: outputs, kernel: 3, stride: 1, seeds: seeds),
    ])
  }

  var members: [Member] { layers.members }

  func forward(_ input: Tensor) throws -> Tensor { try layers.forward(input) }
}
