import Torch

/// A convolution 3×3 of each channel by itself, `[N, C, H, W]` to the same.
///
/// The names of the state are those of `nn.Conv2d` with as many groups as channels.
final class DepthwiseConvolution: Layer {
  private let weight: Parameter  // [C, 1, 3, 3]
  private let bias: Parameter  // [C]

  init(channels: Int, seeds: SeedSequence) throws {
    weight = try Parameter(Tensor.uniform([channels, 1, 3, 3], in: -1 / 3...1 / 3, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([channels], in: -1 / 3...1 / 3, seed: seeds.next()))
  }

  var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  func forward(_ input: Tensor) throws -> Tensor {
    try input.convolved(weight: weight.tensor, bias: bias.tensor, padding: 1, groups: weight.tensor.shape[0])
  }
}
