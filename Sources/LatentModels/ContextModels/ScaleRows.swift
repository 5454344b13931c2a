/// Finds the table of a scale, as `GaussianConditional.indexes(of:)` does for tensors.
struct ScaleRows {
  /// The scales of the tables but the last.
  let boundaries: [Float]
  /// The least scale.
  let bound: Float
  /// For each bucket of positive numbers the number of boundaries below its least, so that few have to be compared; a bucket holds the numbers that
  /// share their upper bits, a sixteenth of a power of two.
  private let below: [Int32]

  private static let bucketBits = 19
  private static let buckets = 1 << (31 - bucketBits)

  /// Creates the search among increasing scales.
  init(boundaries: [Float], bound: Float) {
    self.boundaries = boundaries
    self.bound = bound
    var row = 0
    below = (0...Self.buckets).map { bucket in
      let least = Float(bitPattern: UInt32(bucket) << Self.bucketBits)
      while row < boundaries.count, bucket == Self.buckets || !(boundaries[row] >= least) { row += 1 }
      return Int32(row)
    }
  }

  /// The number of boundaries below the scale; a scale that is not a number has the last row.
  func row(of scale: Float) -> Int32 {
    let scale = scale < bound ? bound : scale
    let bucket = Int(scale.bitPattern >> UInt32(Self.bucketBits))
    // Beyond are the numbers with a sign.
    let (first, end) = bucket < Self.buckets ? (below[bucket], below[bucket + 1]) : (0, Int32(boundaries.count))
    var row = first
    while row < end, !(boundaries[Int(row)] >= scale) { row += 1 }
    return row
  }
}
