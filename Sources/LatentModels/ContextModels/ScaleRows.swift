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
    var count = boundaries.count
    while count > 0 {
      let half = count / 2
      let isBelow = !(boundaries[low + half] >= scale)
      low = isBelow ? low + half + 1 : low
      count = isBelow ? count - half - 1 : half
    }
    return Int32(low)
  }
}
