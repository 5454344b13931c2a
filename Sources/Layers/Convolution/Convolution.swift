public import Torch

/// A 2-D convolution with a bias: `[N, Cin, H, W]` to `[N, Cout, H', W']`.
///
/// The padding is kernel / 2, so that H' = ⌈H / stride⌉. Initial values are PyTorch's: uniform within ±1/√(Cin·k²).
public final class Convolution: Layer {
  package let weight: Parameter  // [Cout, Cin, k, k]
  package let bias: Parameter  // [Cout]
  private let stride: Int
  private let padding: Int

  /// Creates a convolution with random weights drawn from `seeds`.
  public init(inputChannels: Int, outputChannels: Int, kernel: Int = 5, stride: Int = 2, seeds: SeedSequence) throws(TorchError) {
    let limit = 1 / Double(inputChannels * kernel * kernel).squareRoot()
    weight = try Parameter(Tensor.uniform([outputChannels, inputChannels, kernel, kernel], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputChannels], in: -limit...limit, seed: seeds.next()))
    self.stride = stride
    padding = kernel / 2
  }

  /// The weight and the bias.
  public var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// Returns the convolution of `input`.
  public func forward(_ input: Tensor) throws -> Tensor {
    try input.convolved(weight: weight.tensor, bias: bias.tensor, stride: stride, padding: padding)
  }
}
