public import Torch

/// A residual block that divides the sides: `[N, Cin, H, W]` to `[N, Cout, ⌈H/stride⌉, ⌈W/stride⌉]`.
///
///     out = conv1×1↓(x) + n(conv3×3(ℓ(conv3×3↓(x))))
///
/// ℓ is a leaky rectified linear unit, n a non-linearity, GDN in the paper. Cheng, Sun, Takeuchi, Katto, "Learned image compression with
/// discretized Gaussian mixture likelihoods and attention modules", CVPR 2020, figure 4. The state_dict is that of CompressAI's
/// `ResidualBlockWithStride`.
public final class ResidualBlockWithStride: LocalLayer {
  private let first: Convolution
  private let second: Convolution
  private let nonlinearity: any Layer
  private let skip: Convolution
  private let unit: any Nonlinearity

  /// Creates a block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - nonlinearity: n, over `outputChannels` channels.
  ///   - unit: ℓ, which has no parameters.
  public init(
    inputChannels: Int, outputChannels: Int, stride: Int = 2, nonlinearity: any Layer, unit: any Nonlinearity = LeakyRectifiedLinear(),
    seeds: SeedSequence
  ) throws(TorchError) {
    self.unit = unit
    first = try Convolution(inputChannels: inputChannels, outputChannels: outputChannels, kernel: 3, stride: stride, seeds: seeds)
    second = try Convolution(inputChannels: outputChannels, outputChannels: outputChannels, kernel: 3, stride: 1, seeds: seeds)
    skip = try Convolution(inputChannels: inputChannels, outputChannels: outputChannels, kernel: 1, stride: stride, seeds: seeds)
    self.nonlinearity = nonlinearity
  }

  /// The convolutions and the non-linearity, under CompressAI's names.
  public var members: [Member] {
    [.module("conv1", first), .module("conv2", second), .module("gdn", nonlinearity), .module("skip", skip)]
  }

  /// Returns the sum of both ways.
  public func forward(_ input: Tensor) throws -> Tensor {
    try nonlinearity.traced(second.traced(unit.forward(first.traced(input)))) + skip.traced(input)
  }

  /// What both ways need.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    let way = first.inputRows(for: second.inputRows(for: try nonlinearity.neededRows(for: rows)))
    return way.covering(skip.inputRows(for: rows))
  }
}
