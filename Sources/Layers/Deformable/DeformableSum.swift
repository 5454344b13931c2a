import Torch

/// The sum of what the shifted points of a kernel see, weighted by masks, of each channel by itself: `[N, C, H, W]` to the same.
///
///     y_c(p) = Σ_k m_gk(p) · x_c(p + k + Δ_gk(p)), g the group of c
///
/// A ``DeformableConvolution`` without weights, which costs what the interpolation costs.
struct DeformableSum {
  private let geometry: DeformableGeometry

  /// Sums over k×k points, k odd, for `groups` parts of the channels with offsets of their own.
  init(kernel: Int, groups: Int) {
    geometry = DeformableGeometry(kernel: kernel, stride: 1, padding: kernel / 2, dilation: 1, groups: 1, offsetGroups: groups)
  }

  /// Returns the sum, given `[N, 2 · groups · k², H, W]` offsets and `[N, groups · k², H, W]` masks.
  func apply(_ input: Tensor, offsets: Tensor, masks: Tensor) throws -> Tensor {
    try geometry.check(input, offsets: offsets, masks: masks)
    if DeformableKernel.takes(input, offsets: offsets, masks: masks) {
      return try DeformableKernel(geometry: geometry).apply(input, offsets: offsets, masks: masks, weight: nil, bias: nil)
    }
    return try DeformableSampling(geometry: geometry).summed(input, offsets: offsets, masks: masks)
  }
}
