public import Torch

/// The simplified attention module: a mask in 0…1 that a branch of the block computes for the other one.
///
///     out = x + a(x) · σ(b(x))          a: 3 residual units; b: 3 residual units and a convolution 1×1
///
/// `[N, C, H, W]` to the same, C even. Cheng, Sun, Takeuchi, Katto, "Learned image compression with discretized Gaussian mixture likelihoods and
/// attention modules", CVPR 2020, figure 5: the module of Liu et al., "Non-local attention optimized deep image compression", 2019, without its
/// non-local block. The state_dict is that of CompressAI's `AttentionBlock`.
public final class AttentionBlock: LocalLayer {
  private let trunk: Sequential
  private let mask: Sequential

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  public init(channels: Int, seeds: SeedSequence) throws(TorchError) {
    func units() throws(TorchError) -> [any Layer] {
      var units: [any Layer] = []
      for _ in 0..<3 { units.append(try BottleneckUnit(channels: channels, seeds: seeds)) }
      return units
    }
    trunk = Sequential(try units())
    mask = Sequential(try units() + [Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)])
  }

  /// Both branches.
  public var members: [Member] { [.module("conv_a", trunk), .module("conv_b", mask)] }

  /// Returns the input with the masked trunk added.
  public func forward(_ input: Tensor) throws -> Tensor { try trunk.traced(input) * mask.traced(input).sigmoid() + input }

  /// What both branches need; the mask is computed of places near by, not of the whole tensor.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    try trunk.inputRows(for: rows).covering(mask.inputRows(for: rows))
  }
}

/// A residual unit that works at half the channels: `[N, C, H, W]` to the same.
///
///     out = ReLU(x + conv1×1(ReLU(conv3×3(ReLU(conv1×1(x))))))
///
/// Figure 5 of the paper, after He et al., "Deep residual learning for image recognition", CVPR 2016, figure 5.
final class BottleneckUnit: LocalLayer {
  private let layers: Sequential

  /// Creates a unit; half of an odd number is rounded down, and never below 1.
  init(channels: Int, seeds: SeedSequence) throws(TorchError) {
    let half = max(1, channels / 2)
    layers = Sequential([
      try Convolution(inputChannels: channels, outputChannels: half, kernel: 1, stride: 1, seeds: seeds), RectifiedLinear(),
      try Convolution(inputChannels: half, outputChannels: half, kernel: 3, stride: 1, seeds: seeds), RectifiedLinear(),
      try Convolution(inputChannels: half, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds),
    ])
  }

  var members: [Member] { [.module("conv", layers)] }

  func forward(_ input: Tensor) throws -> Tensor { try (layers.traced(input) + input).rectified() }

  func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try layers.inputRows(for: rows) }
}
