import Torch

/// The rows of adjacent elements that tensors of one shape `[N, C, H, W]` and one order consist of, some of them with gaps between the rows.
///
/// A part of the channels of a tensor is such a tensor with gaps: the scales, or the means, among the outputs of one network.
struct ElementRows {
  /// The number of rows.
  let count: Int
  /// The elements of a row.
  let length: Int
  private let isChannelsLast: Bool
  private let shape: [Int]

  /// Creates the rows of a tensor without gaps: its samples, or its places where the channels are last.
  init(of tensor: Tensor) {
    shape = tensor.shape
    isChannelsLast = !tensor.isContiguous
    length = isChannelsLast ? shape[1] : shape.dropFirst().reduce(1, *)
    count = isChannelsLast ? shape[0] * shape[2] * shape[3] : shape[0]
  }

  /// Returns the tensor, or a copy in this order, and the distance from row to row.
  func arranged(_ tensor: Tensor) throws -> (tensor: Tensor, distance: Int) {
    if let distance = distance(of: tensor.strides) { return (tensor, distance) }
    return (try withoutGaps(tensor), length)
  }

  /// Returns the tensor, or a copy, in this order and without gaps.
  func withoutGaps(_ tensor: Tensor) throws -> Tensor { try tensor.contiguous(isChannelsLast ? .channelsLast : .contiguous) }

  /// The distance from row to row of a tensor that lies so, else nil.
  private func distance(of strides: [Int]) -> Int? {
    var next = 1
    for dimension in isChannelsLast ? [1] : [3, 2, 1] where shape[dimension] > 1 {
      guard strides[dimension] == next else { return nil }
      next *= shape[dimension]
    }
    var (distance, following): (Int?, Int?)
    for dimension in isChannelsLast ? [3, 2, 0] : [0] where shape[dimension] > 1 {
      guard following == nil || strides[dimension] == following else { return nil }
      distance = distance ?? strides[dimension]
      following = strides[dimension] * shape[dimension]
    }
    return distance ?? length
  }
}
