public import Torch

/// A transposed 2-D convolution with a bias: `[N, Cin, H, W]` to `[N, Cout, stride·H, stride·W]`.
///
/// The padding is kernel / 2 and the output padding stride − 1. Initial values are PyTorch's: uniform within ±1/√(Cout·k²).
public final class TransposedConvolution: LocalLayer {
  private let weight: Parameter  // [Cin, Cout, k, k]
  private let bias: Parameter  // [Cout]
  private let stride: Int
  private let padding: Int
  private let kernel: Int

  /// Creates a transposed convolution with random weights drawn from `seeds`.
  public init(inputChannels: Int, outputChannels: Int, kernel: Int = 5, stride: Int = 2, seeds: SeedSequence) throws(TorchError) {
    let limit = 1 / Double(outputChannels * kernel * kernel).squareRoot()
    weight = try Parameter(Tensor.uniform([inputChannels, outputChannels, kernel, kernel], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputChannels], in: -limit...limit, seed: seeds.next()))
    self.stride = stride
    padding = kernel / 2
    self.kernel = kernel
  }

  /// The weight and the bias.
  public var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// Returns the transposed convolution of `input`.
  public func forward(_ input: Tensor) throws -> Tensor {
    if ConvolutionKernel.takes(input) {
      return try ConvolutionKernel(kernel: kernel, stride: stride, padding: padding)
        .transposeConvolved(input, weight: weight.tensor, bias: bias.tensor)
    }
    return try input.transposeConvolved(
      weight: weight.tensor, bias: bias.tensor, stride: stride, padding: padding, outputPadding: stride - 1)
  }

  /// The rows i with s·i − p ≤ o ≤ s·i − p + k − 1 for the row o, with the kernel k, the stride s and the padding p.
  public func inputRows(for rows: Range<Int>) -> Range<Int> {
    let first = (rows.lowerBound + padding - kernel + 1).dividedRoundingUp(by: stride)
    return first..<((rows.upperBound - 1 + padding).dividedRoundingDown(by: stride) + 1)
  }
}
