public import Torch

/// A 3×3 convolution to factor² times the channels, which are then laid out as pixels: `[N, Cin, H, W]` to `[N, Cout, factor·H, factor·W]`.
///
/// Shi et al., "Real-time single image and video super-resolution using an efficient sub-pixel convolutional neural network", CVPR 2016, eq. 4.
public final class SubpixelConvolution: LocalLayer {
  private let convolution: Convolution
  private let factor: Int

  /// Creates a convolution with random weights drawn from `seeds`.
  public init(inputChannels: Int, outputChannels: Int, factor: Int = 2, seeds: SeedSequence) throws(TorchError) {
    convolution = try Convolution(
      inputChannels: inputChannels, outputChannels: outputChannels * factor * factor, kernel: 3, stride: 1, seeds: seeds)
    self.factor = factor
  }

  /// The convolution under the number 0; the layout has no parameters.
  public var members: [Member] { [.module("0", convolution)] }

  /// Returns the enlarged tensor.
  public func forward(_ input: Tensor) throws -> Tensor { try convolution.forward(input).pixelsShuffled(factor: factor) }

  /// What the convolution needs for the rows that are laid out into these.
  public func inputRows(for rows: Range<Int>) -> Range<Int> {
    let first = rows.lowerBound.dividedRoundingDown(by: factor)
    return convolution.inputRows(for: first..<((rows.upperBound - 1).dividedRoundingDown(by: factor) + 1))
  }
}
