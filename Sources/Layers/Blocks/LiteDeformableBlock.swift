public import Torch

/// A light deformable convolution, whose points share their weights: `[N, C, H, W]` to the same.
///
///     y_g(p) = W_g · Σ_k m_gk(p) · x_g(p + k + Δ_gk(p)), Σ_k m_gk(p) = 1, out = P · (y_1, …, y_G) + b
///
/// The channels are divided into G groups, each with offsets, weights of the points m, normalised by a softmax over the points, and one matrix W_g for all points.
/// Wang, Fu, Chen, Liu, "Dynamic kernel-based adaptive spatial aggregation for learned image compression", 2023, section 3.1. Since W_g is the same for all points it
/// comes behind their sum, and the layer costs C² multiply–accumulates at a place in the place of k²·C².
///
/// What the paper leaves open: W_g and the mixing P of the groups behind it are one matrix of all channels, to which both multiply out; offsets and weights of the
/// points are made by a convolution 3×3 of the input that starts with zeros, so that the block starts with means over its points. The offsets can be of any size, so
/// how far the block sees is not known.
public final class LiteDeformableBlock: Layer {
  private let offsets: Convolution
  private let projection: Convolution
  private let sum: DeformableSum
  private let groups: Int
  private let points: Int

  /// Creates a block with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - kernel: the side of the points, an odd number.
  ///   - groups: G, a divisor of C.
  public init(channels: Int, kernel: Int = 3, groups: Int = 4, seeds: SeedSequence) throws(TorchError) {
    precondition(channels.isMultiple(of: groups), "groups must divide the channels")
    (self.groups, points) = (groups, kernel * kernel)
    sum = DeformableSum(kernel: kernel, groups: groups)
    projection = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)
    offsets = try Convolution(inputChannels: channels, outputChannels: 3 * groups * kernel * kernel, kernel: 3, stride: 1, seeds: seeds)
    try offsets.startWithZeros()
  }

  /// The convolution of offsets and points' weights, and the projection.
  public var members: [Member] { [.module("conv_offset", offsets), .module("proj", projection)] }

  /// Returns the convolution.
  public func forward(_ input: Tensor) throws -> Tensor {
    let (shape, count) = (input.shape, groups * points)
    let all = try offsets.forward(input)
    let masks = try all.narrowed(1, from: 2 * count, length: count).reshaped([shape[0], groups, points, shape[2], shape[3]])
      .softmax(over: 2).reshaped([shape[0], count, shape[2], shape[3]])
    return try projection.forward(sum.apply(input, offsets: all.narrowed(1, from: 0, length: 2 * count), masks: masks))
  }
}
