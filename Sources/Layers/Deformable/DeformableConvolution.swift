public import Torch

/// A 2-D convolution whose kernel points are shifted by offsets and, in its second version, weighted by masks: `[N, Cin, H, W]` to `[N, Cout, H', W']`.
///
///     y(p) = b + Σ_k w_k · m_k(p) · x(p·s − padding + d·k + Δ_k(p))
///
/// x between its places is interpolated between four neighbours, and zero outside. Dai et al., "Deformable convolutional networks", ICCV 2017, eq. 2 to 4;
/// the masks m are those of Zhu et al., "Deformable ConvNets v2: more deformable, better results", CVPR 2019, eq. 1. Numbers, orders and gradients are
/// those of `torchvision.ops.deform_conv2d`, and the state that of its `DeformConv2d`: offsets have the channels (row, column) for each point of the kernel,
/// row by row, for each group of offsets. At places that are whole numbers, where the interpolation has a kink, the gradient of the offset is that of
/// growing offsets.
///
/// Nothing of the size of the points times the channels is ever kept: the kernels hold it for a tile of places, and compute it anew for gradients.
public final class DeformableConvolution: Module {
  private let weight: Parameter  // [Cout, Cin / groups, k, k]
  private let bias: Parameter  // [Cout]
  private let geometry: DeformableGeometry

  /// Creates a convolution with random weights drawn from `seeds`, uniform within ±1/√(Cin / groups · k²), and a bias likewise.
  ///
  /// - Parameters:
  ///   - kernel: k; the padding is d·(k − 1) / 2 unless it is given.
  ///   - dilation: d, how far apart the points of the kernel are.
  ///   - groups: the parts of the channels that have weights of their own; they divide both numbers of channels.
  ///   - offsetGroups: the parts of the channels that have offsets and masks of their own; they divide Cin.
  public init(
    inputChannels: Int, outputChannels: Int, kernel: Int = 3, stride: Int = 1, padding: Int? = nil, dilation: Int = 1, groups: Int = 1,
    offsetGroups: Int = 1, seeds: SeedSequence
  ) throws(TorchError) {
    precondition(inputChannels.isMultiple(of: groups) && outputChannels.isMultiple(of: groups), "groups must divide the channels")
    precondition(inputChannels.isMultiple(of: offsetGroups), "groups of offsets must divide the channels")
    let limit = 1 / Double(inputChannels / groups * kernel * kernel).squareRoot()
    let shape = [outputChannels, inputChannels / groups, kernel, kernel]
    weight = try Parameter(Tensor.uniform(shape, in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputChannels], in: -limit...limit, seed: seeds.next()))
    geometry = DeformableGeometry(
      kernel: kernel, stride: stride, padding: padding ?? dilation * (kernel - 1) / 2, dilation: dilation, groups: groups,
      offsetGroups: offsetGroups)
  }

  /// The weight and the bias.
  public var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// How many channels the offsets have.
  public var offsetChannels: Int { 2 * maskChannels }

  /// How many channels the masks have.
  public var maskChannels: Int { geometry.offsetGroups * geometry.points }

  /// Returns the convolution of `input`.
  ///
  /// - Parameters:
  ///   - offsets: Δ, `[N, 2 · offset groups · k², H', W']`.
  ///   - masks: m, `[N, offset groups · k², H', W']`; nil for ones.
  /// - Throws: `TorchError` for offsets and masks of another shape.
  public func forward(_ input: Tensor, offsets: Tensor, masks: Tensor? = nil) throws -> Tensor {
    try geometry.check(input, offsets: offsets, masks: masks)
    guard input.shape[1] == weight.tensor.shape[1] * geometry.groups else {
      throw TorchError.shape(
        operation: "deformable convolution", expected: "of \(weight.tensor.shape[1] * geometry.groups) channels", found: input.shape)
    }
    if DeformableKernel.takes(input, offsets: offsets, masks: masks) {
      return try DeformableKernel(geometry: geometry)
        .apply(input, offsets: offsets, masks: masks, weight: weight.tensor, bias: bias.tensor)
    }
    return try DeformableSampling(geometry: geometry)
      .convolved(input, offsets: offsets, masks: masks, weight: weight.tensor, bias: bias.tensor)
  }
}
