import Torch
import Weights

/// A deformable convolution of libtorch's operators, one point of the kernel after the other: for other devices and types than the kernels take, and where
/// every machine has to compute alike.
struct DeformableSampling {
  let geometry: DeformableGeometry

  /// Returns the convolution with `weight`, `[O, C / groups, k, k]`.
  func convolved(_ input: Tensor, offsets: Tensor, masks: Tensor?, weight: Tensor, bias: Tensor?) throws -> Tensor {
    var sum: Tensor?
    for point in 0..<geometry.points {
      let own = try weight.narrowed(2, from: point / geometry.kernel, length: 1).narrowed(3, from: point % geometry.kernel, length: 1)
      let seen = try sampled(input, point: point, offsets: offsets, masks: masks)
      let part = try seen.convolved(weight: own, bias: point == 0 ? bias : nil, groups: geometry.groups)
      sum = try sum.map { try $0 + part } ?? part
    }
    return try sum ?? input.zerosLike()
  }

  /// Returns the sum of each channel over the points of the kernel.
  func summed(_ input: Tensor, offsets: Tensor, masks: Tensor?) throws -> Tensor {
    var sum: Tensor?
    for point in 0..<geometry.points {
      let part = try sampled(input, point: point, offsets: offsets, masks: masks)
      sum = try sum.map { try $0 + part } ?? part
    }
    return try sum ?? input.zerosLike()
  }

  /// Returns what one point of the kernel sees at each place, `[N, C, H', W']`.
  private func sampled(_ input: Tensor, point: Int, offsets: Tensor, masks: Tensor?) throws -> Tensor {
    let (shape, groups) = (input.shape, geometry.offsetGroups)
    let (height, width) = (geometry.side(shape[2]), geometry.side(shape[3]))
    let own = try offsets.reshaped([shape[0] * groups, geometry.points, 2, height, width]).selected(1, point)
    let starts = (point / geometry.kernel * geometry.dilation, point % geometry.kernel * geometry.dilation)
    let rows = try own.selected(1, 0) + places(height, from: starts.0, like: own).reshaped([1, height, 1])
    let columns = try own.selected(1, 1) + places(width, from: starts.1, like: own).reshaped([1, 1, width])
    let grid = try Tensor.stacked([relative(columns, side: shape[3]), relative(rows, side: shape[2])]).permuted([1, 2, 3, 0])
    let seen = try input.reshaped([shape[0] * groups, shape[1] / groups, shape[2], shape[3]]).sampled(at: grid)
    let masked =
      try masks.map { try seen * $0.reshaped([shape[0] * groups, geometry.points, 1, height, width]).selected(1, point) } ?? seen
    return try masked.reshaped([shape[0], shape[1], height, width])
  }

  private func places(_ count: Int, from start: Int, like other: Tensor) throws -> Tensor {
    let places = try Tensor.range(count, type: other.elementType ?? .float32, device: other.device)
    return try places * Double(geometry.stride) + Double(start - geometry.padding)
  }

  /// Places beyond the border by more than one are moved to there, where all neighbours are outside, too: far ones would not be whole numbers any more.
  private func relative(_ places: Tensor, side: Int) throws -> Tensor {
    try (places.clamped(from: -2, to: Double(side) + 1) * 2 + 1) * (1 / Double(side)) - 1
  }
}
