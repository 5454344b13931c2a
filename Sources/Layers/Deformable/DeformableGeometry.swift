import Torch

/// Where the kernel of a deformable convolution lies, and which of its channels share weights and offsets.
struct DeformableGeometry {
  let kernel: Int
  let stride: Int
  let padding: Int
  let dilation: Int
  /// The parts of the channels that have weights of their own.
  let groups: Int
  /// The parts of the channels that have offsets of their own.
  let offsetGroups: Int

  /// The points of the kernel, k².
  var points: Int { kernel * kernel }

  /// A side of the output.
  func side(_ side: Int) -> Int { (side + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1 }

  /// Checks that offsets and masks are for an input.
  func check(_ input: Tensor, offsets: Tensor, masks: Tensor?) throws(TorchError) {
    guard input.shape.count == 4, min(input.shape[2], input.shape[3]) + 2 * padding > dilation * (kernel - 1) else {
      throw .shape(operation: "deformable convolution", expected: "[N, C, H, W] of at least the kernel's sides", found: input.shape)
    }
    let (count, sides) = (offsetGroups * points, [side(input.shape[2]), side(input.shape[3])])
    for (name, tensor, channels) in [("offsets", offsets, 2 * count), ("masks", masks, count)] {
      guard let tensor, tensor.shape != [input.shape[0], channels] + sides else { continue }
      throw .shape(operation: name, expected: "\([input.shape[0], channels] + sides)", found: tensor.shape)
    }
  }
}
