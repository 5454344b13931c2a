/// Finds the table of a scale, as `GaussianConditional.indexes(of:)` does for tensors.
struct ScaleRows {
  /// The scales of the tables but the last.
  let boundaries: [Float]
  /// The least scale.
  let bound: Float

  /// The number of boundaries below the scale; a scale that is not a number has the last row.
  func row(of scale: Float) -> Int32 {
    let scale = scale < bound ? bound : scale
    var low = 0
    var high = boundaries.count
    while low < high {
      let middle = (low + high) / 2
      if boundaries[middle] < scale || scale.isNaN { low = middle + 1 } else { high = middle }
    }
    return Int32(low)
  }
}
