public import Torch

/// A deformable convolution whose offsets a convolution makes of its own input: `[N, C, H, W]` to the same.
///
///     Δ = conv(x), m = sigmoid(conv(x)), out = deformable convolution of x with Δ and m
///
/// Dai et al., "Deformable convolutional networks", ICCV 2017, figure 2; without masks. With them it is the modulated one of Zhu et al., "Deformable ConvNets v2:
/// more deformable, better results", CVPR 2019, section 3.2. As in both papers the convolution of the offsets starts with zeros, so that the layer starts as an ordinary
/// convolution, with masks of ½. The state has the names of mmcv's `ModulatedDeformConv2dPack` and `DeformConv2dPack`: the convolution of the offsets, and of
/// the masks behind them, is `conv_offset`; the order of its channels is that of ``DeformableConvolution`` instead.
///
/// The offsets can be of any size, so how far the block sees is not known.
public final class DeformableBlock: Layer {
  private let offsets: Convolution
  private let convolution: DeformableConvolution
  private let isModulated: Bool

  /// Creates a block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - kernel: the side of both kernels, an odd number.
  ///   - groups: the parts of the channels with offsets of their own; they divide C.
  ///   - isModulated: whether there are masks.
  public init(channels: Int, kernel: Int = 3, groups: Int = 1, isModulated: Bool = true, seeds: SeedSequence) throws(TorchError) {
    convolution = try DeformableConvolution(
      inputChannels: channels, outputChannels: channels, kernel: kernel, offsetGroups: groups, seeds: seeds)
    let count = convolution.offsetChannels + (isModulated ? convolution.maskChannels : 0)
    offsets = try Convolution(inputChannels: channels, outputChannels: count, kernel: kernel, stride: 1, seeds: seeds)
    try offsets.startWithZeros()
    self.isModulated = isModulated
  }

  /// The weights of the deformable convolution and the convolution of its offsets.
  public var members: [Member] { convolution.members + [.module("conv_offset", offsets)] }

  /// Returns the convolution.
  public func forward(_ input: Tensor) throws -> Tensor {
    let all = try offsets.forward(input)
    let own = try all.narrowed(1, from: 0, length: convolution.offsetChannels)
    guard isModulated else { return try convolution.forward(input, offsets: own) }
    let masks = try all.narrowed(1, from: convolution.offsetChannels, length: convolution.maskChannels).sigmoid()
    return try convolution.forward(input, offsets: own, masks: masks)
  }
}

extension Convolution {
  /// Sets the weights to zero, as those that make offsets start.
  func startWithZeros() throws(TorchError) {
    for tensor in [weight.tensor, bias.tensor] { try tensor.detached().setZero() }
  }
}
