public import Torch

/// Two 3×3 convolutions, each with a leaky rectified linear unit after it, around which the input is added: `[N, C, H, W]` to the same.
///
///     out = x + ℓ(conv(ℓ(conv(x))))
///
/// Cheng, Sun, Takeuchi, Katto, "Learned image compression with discretized Gaussian mixture likelihoods and attention modules", CVPR 2020,
/// figure 4, after He et al., "Deep residual learning for image recognition", CVPR 2016. The state_dict is that of CompressAI's `ResidualBlock`
/// with as many channels in as out.
public final class ResidualBlock: LocalLayer {
  private let first: Convolution
  private let second: Convolution
  private let unit: any Nonlinearity

  /// Creates a block over `channels` channels with random weights drawn from `seeds`.
  ///
  /// - Parameter unit: ℓ, which has no parameters.
  public init(channels: Int, unit: any Nonlinearity = LeakyRectifiedLinear(), seeds: SeedSequence) throws(TorchError) {
    self.unit = unit
    first = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds)
    second = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds)
  }

  /// Both convolutions.
  public var members: [Member] { [.module("conv1", first), .module("conv2", second)] }

  /// Returns the sum of the input and what the convolutions make of it.
  public func forward(_ input: Tensor) throws -> Tensor {
    try unit.forward(second.traced(unit.forward(first.traced(input)))) + input
  }

  /// What both convolutions need; the sum needs less.
  public func inputRows(for rows: Range<Int>) -> Range<Int> { first.inputRows(for: second.inputRows(for: rows)) }
}
