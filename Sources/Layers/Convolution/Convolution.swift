public import Torch

/// A 2-D convolution with a bias: `[N, Cin, H, W]` to `[N, Cout, H', W']`.
///
/// The padding is kernel / 2, so that H' = ⌈H / stride⌉. Initial values are PyTorch's: uniform within ±1/√(Cin·k²).
public final class Convolution: LocalLayer {
  package let weight: Parameter  // [Cout, Cin, k, k]
  package let bias: Parameter  // [Cout]
  private let stride: Int
  private let padding: Int
  private let kernel: Int

  /// Creates a convolution with random weights drawn from `seeds`.
  public init(inputChannels: Int, outputChannels: Int, kernel: Int = 5, stride: Int = 2, seeds: SeedSequence) throws(TorchError) {
    let limit = 1 / Double(inputChannels * kernel * kernel).squareRoot()
    weight = try Parameter(Tensor.uniform([outputChannels, inputChannels, kernel, kernel], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputChannels], in: -limit...limit, seed: seeds.next()))
    self.stride = stride
    padding = kernel / 2
    self.kernel = kernel
  }

  /// The weight and the bias.
  public var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// Returns the convolution of `input`.
  public func forward(_ input: Tensor) throws -> Tensor {
    if ConvolutionKernel.takes(input) {
      return try ConvolutionKernel(kernel: kernel, stride: stride, padding: padding)
        .convolved(input, weight: weight.tensor, bias: bias.tensor)
    }
    // The backward of such a convolution by libtorch 2.13 writes outside its memory when the channels lie last.
    let input = kernel == 1 && stride > 1 ? try input.contiguous() : input
    return try input.convolved(weight: weight.tensor, bias: bias.tensor, stride: stride, padding: padding)
  }

  /// Rows s·i − p to s·i − p + k − 1 for the row i, with the kernel k, the stride s and the padding p.
  public func inputRows(for rows: Range<Int>) -> Range<Int> {
    let first = stride * rows.lowerBound - padding
    return first..<(stride * (rows.upperBound - 1) - padding + kernel)
  }
}
