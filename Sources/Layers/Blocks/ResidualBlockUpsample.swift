public import Torch

/// A residual block that doubles the sides by sub-pixel convolutions: `[N, Cin, H, W]` to `[N, Cout, 2·H, 2·W]`.
///
///     out = subpel↑(x) + n(conv3×3(ℓ(subpel↑(x))))
///
/// ℓ is a leaky rectified linear unit, n a non-linearity, the inverse GDN in the paper. Cheng, Sun, Takeuchi, Katto, "Learned image compression
/// with discretized Gaussian mixture likelihoods and attention modules", CVPR 2020, figure 4. The state_dict is that of CompressAI's
/// `ResidualBlockUpsample`.
public final class ResidualBlockUpsample: LocalLayer {
  private let enlargement: SubpixelConvolution
  private let convolution: Convolution
  private let nonlinearity: any Layer
  private let skip: SubpixelConvolution
  private let unit: any Nonlinearity

  /// Creates a block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - nonlinearity: n, over `outputChannels` channels.
  ///   - unit: ℓ, which has no parameters.
  public init(
    inputChannels: Int, outputChannels: Int, nonlinearity: any Layer, unit: any Nonlinearity = LeakyRectifiedLinear(), seeds: SeedSequence
  ) throws(TorchError) {
    self.unit = unit
    enlargement = try SubpixelConvolution(inputChannels: inputChannels, outputChannels: outputChannels, seeds: seeds)
    convolution = try Convolution(inputChannels: outputChannels, outputChannels: outputChannels, kernel: 3, stride: 1, seeds: seeds)
    skip = try SubpixelConvolution(inputChannels: inputChannels, outputChannels: outputChannels, seeds: seeds)
    self.nonlinearity = nonlinearity
  }

  /// The convolutions and the non-linearity, under CompressAI's names.
  public var members: [Member] {
    [.module("subpel_conv", enlargement), .module("conv", convolution), .module("igdn", nonlinearity), .module("upsample", skip)]
  }

  /// Returns the sum of both ways.
  public func forward(_ input: Tensor) throws -> Tensor {
    try nonlinearity.traced(convolution.traced(unit.forward(enlargement.traced(input)))) + skip.traced(input)
  }

  /// What both ways need.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> {
    let way = enlargement.inputRows(for: convolution.inputRows(for: try nonlinearity.neededRows(for: rows)))
    return way.covering(skip.inputRows(for: rows))
  }
}
