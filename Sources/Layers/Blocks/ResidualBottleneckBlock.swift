public import Torch

/// A residual block that works at half the channels: `[N, C, H, W]` to the same.
///
///     out = x + conv1×1(ReLU(conv3×3(ReLU(conv1×1(x)))))
///
/// He et al., "Deep residual learning for image recognition", CVPR 2016, figure 5, as He et al., "ELIC", CVPR 2022, section 4.3, uses it. The state_dict
/// is that of CompressAI's `ResidualBottleneckBlock` with as many channels in as out.
public final class ResidualBottleneckBlock: LocalLayer {
  private let reduction: Convolution
  private let inner: Convolution
  private let expansion: Convolution
  private let unit = RectifiedLinear()

  /// Creates a block over `channels` channels with random weights drawn from `seeds`; half of an odd number is rounded down, and never below 1.
  public init(channels: Int, seeds: SeedSequence) throws(TorchError) {
    let half = max(1, channels / 2)
    reduction = try Convolution(inputChannels: channels, outputChannels: half, kernel: 1, stride: 1, seeds: seeds)
    inner = try Convolution(inputChannels: half, outputChannels: half, kernel: 3, stride: 1, seeds: seeds)
    expansion = try Convolution(inputChannels: half, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)
  }

  /// The three convolutions.
  public var members: [Member] { [.module("conv1", reduction), .module("conv2", inner), .module("conv3", expansion)] }

  /// Returns the sum of the input and what the convolutions make of it.
  public func forward(_ input: Tensor) throws -> Tensor {
    try expansion.traced(unit.forward(inner.traced(unit.forward(reduction.traced(input))))) + input
  }

  /// What the inner convolution needs.
  public func inputRows(for rows: Range<Int>) -> Range<Int> { inner.inputRows(for: rows) }
}
