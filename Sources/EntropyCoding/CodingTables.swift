/// Quantised cumulative distributions for the range coder, one row for each distribution.
///
/// Row `i` has `lengths[i]` entries: strictly increasing, from 0 to 65536, then zeros up to `width`.
/// Of its `lengths[i] − 1` symbols all but the last are regular; regular symbol 0 codes the value `offsets[i]`.
/// The last one, the sentinel, opens an escape code for every value outside the regular ones.
public struct CodingTables: Sendable, Equatable {
  /// The rows one after the other, `[count, width]`.
  public let quantizedCDF: [Int32]
  /// Entries in a row with its padding.
  public let width: Int
  /// Entries of each row without padding, 2 to `width`.
  public let lengths: [Int32]
  /// The value of the first regular symbol of each row.
  public let offsets: [Int32]
  /// The rows as the coders read them.
  let rows: [Row]
  /// What the encoder multiplies with where it would divide by a frequency, at the places of `quantizedCDF`.
  let reciprocals: [UInt64]
  /// The look-up tables of all rows, one after the other.
  let buckets: [DecodingBucket]
  /// The least that one symbol of every row together add to a stream, in bits; more than 0.
  let leastBits: Double

  /// The number of rows.
  public var count: Int { lengths.count }

  /// Creates tables from flat rows as a state dictionary stores them.
  ///
  /// - Throws: ``EntropyCodingError`` when an invariant of ``checkInvariants()`` does not hold.
  public init(quantizedCDF: [Int32], width: Int, lengths: [Int32], offsets: [Int32]) throws(EntropyCodingError) {
    try Self.checkInvariants(quantizedCDF: quantizedCDF, width: width, lengths: lengths, offsets: offsets)
    self.quantizedCDF = quantizedCDF
    self.width = width
    self.lengths = lengths
    self.offsets = offsets
    var place = 0
    rows = lengths.indices.map { index in
      let row = Row(start: index * width, sentinel: Int(lengths[index]) - 2, offset: Int(offsets[index]), bucketStart: place)
      place += 1 << (16 - row.bucketShift)
      return row
    }
    buckets = rows.flatMap { DecodingBucket.all(of: $0, quantizedCDF: quantizedCDF) }
    reciprocals = Self.reciprocals(rows: rows, quantizedCDF: quantizedCDF)
    leastBits = rows.reduce(0) { $0 + Self.leastBits(of: $1, quantizedCDF: quantizedCDF) }
  }

  /// Creates tables from rows of different lengths, which are padded to the longest.
  ///
  /// - Throws: ``EntropyCodingError`` when an invariant of ``checkInvariants()`` does not hold.
  public init(rows: [[Int32]], offsets: [Int32]) throws(EntropyCodingError) {
    let width = rows.map(\.count).max() ?? 0
    var entries: [Int32] = []
    entries.reserveCapacity(rows.count * width)
    for row in rows {
      entries += row
      entries += repeatElement(0, count: width - row.count)
    }
    try self.init(quantizedCDF: entries, width: width, lengths: rows.map { Int32(clamping: $0.count) }, offsets: offsets)
  }

  /// One row as the coders read it.
  struct Row: Sendable, Equatable {
    /// Place of the row's first entry in `quantizedCDF`.
    let start: Int
    /// Index of the last symbol, which is also the number of regular symbols.
    let sentinel: Int
    /// The value of regular symbol 0.
    let offset: Int
    /// Place of the row's first bucket in `buckets`.
    let bucketStart: Int
    /// A cumulative frequency shifted to the right by this is the number of its bucket.
    let bucketShift: Int

    init(start: Int, sentinel: Int, offset: Int, bucketStart: Int) {
      (self.start, self.sentinel, self.offset, self.bucketStart) = (start, sentinel, offset, bucketStart)
      bucketShift = DecodingBucket.shift(symbolCount: sentinel + 1)
    }
  }

  /// Pointers to the tables for the time of one coding call.
  struct View {
    let entries: UnsafeBufferPointer<Int32>
    let rows: UnsafeBufferPointer<Row>
    let buckets: UnsafeBufferPointer<DecodingBucket>
    let reciprocals: UnsafeBufferPointer<UInt64>
  }

  func withView<Result>(_ body: (View) throws(EntropyCodingError) -> Result) throws(EntropyCodingError) -> Result {
    try quantizedCDF.withUnsafeBufferPointer { (entries) throws(EntropyCodingError) -> Result in
      try rows.withUnsafeBufferPointer { (rows) throws(EntropyCodingError) -> Result in
        try buckets.withUnsafeBufferPointer { (buckets) throws(EntropyCodingError) -> Result in
          try reciprocals.withUnsafeBufferPointer { (reciprocals) throws(EntropyCodingError) -> Result in
            try body(View(entries: entries, rows: rows, buckets: buckets, reciprocals: reciprocals))
          }
        }
      }
    }
  }
}
