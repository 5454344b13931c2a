import CKernels
import Torch

/// The pieces of the channels of which the input's gradient is computed by itself, each within one group of weights and one of offsets.
struct DeformablePieces {
  /// The channels between two places where a group may change.
  let unit: Int
  /// The channels of each piece.
  let ranges: [Range<Int>]
  private let geometry: DeformableGeometry

  /// Divides channels; without weights the groups of offsets alone.
  init(channels: Int, geometry: DeformableGeometry, weighted: Bool) {
    let ofOffsets = channels / geometry.offsetGroups
    let unit = weighted ? Self.divisor(channels / geometry.groups, ofOffsets) : ofOffsets
    let most = Int(BP_DEFORMABLE_PIECE)
    ranges = stride(from: 0, to: channels, by: unit).flatMap { start in
      stride(from: start, to: start + unit, by: most).map { $0..<min($0 + most, start + unit) }
    }
    (self.unit, self.geometry) = (unit, geometry)
  }

  /// Returns of each piece and point the weights as a matrix, `[O / groups, channels]`, all of the widest piece's width.
  func matrices(of weight: Tensor) throws -> [Tensor] {
    let (outputs, channels) = (weight.shape[0] / geometry.groups, weight.shape[1])
    let width = min(Int(BP_DEFORMABLE_PIECE), unit)
    let byPoint = try weight.permuted([2, 3, 0, 1]).reshaped([geometry.points, weight.shape[0], channels])
    return try ranges.flatMap { range in
      let group = range.lowerBound / channels
      let own = try byPoint.narrowed(1, from: group * outputs, length: outputs)
        .narrowed(2, from: range.lowerBound - group * channels, length: range.count)
        .padded(left: 0, right: width - range.count, top: 0, bottom: 0)
      return try (0..<geometry.points).map { try own.selected(0, $0) }
    }
  }

  private static func divisor(_ first: Int, _ second: Int) -> Int { second == 0 ? first : divisor(second, first % second) }
}
