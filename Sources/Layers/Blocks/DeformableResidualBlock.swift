public import Torch

/// The deformable residual module: an ordinary and a deformable convolution around which the input is added, `[N, C, H, W]` to the same.
///
///     out = x + d(ℓ(conv3×3(x)))
///
/// d is a ``DeformableBlock`` 3×3 whose offsets come of what it sees, ℓ a leaky rectified linear unit. Fu et al., "Fast and high-performance learned image compression
/// with improved checkerboard context model, deformable residual module, and knowledge distillation", 2023, after Dai et al., "Deformable convolutional networks",
/// ICCV 2017. What the sources leave open: the order of both convolutions, the unit between them, and that nothing follows the sum; masks are off unless they are
/// asked for.
public final class DeformableResidualBlock: Layer {
  private let convolution: Convolution
  private let deformable: DeformableBlock
  private let unit = LeakyRectifiedLinear()

  /// Creates a block with random weights drawn from `seeds`; see ``DeformableBlock``.
  public init(channels: Int, groups: Int = 1, isModulated: Bool = false, seeds: SeedSequence) throws(TorchError) {
    convolution = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 3, stride: 1, seeds: seeds)
    deformable = try DeformableBlock(channels: channels, groups: groups, isModulated: isModulated, seeds: seeds)
  }

  /// Both convolutions.
  public var members: [Member] { [.module("conv", convolution), .module("deform", deformable)] }

  /// Returns the sum of the input and what the convolutions make of it.
  public func forward(_ input: Tensor) throws -> Tensor { try deformable.forward(unit.forward(convolution.forward(input))) + input }
}
