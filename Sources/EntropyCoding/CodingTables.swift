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
  /// The symbols of all rows as the encoder applies them, one row after the other.
  let symbols: [EncodingSymbol]
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
    var (bucket, symbol) = (0, 0)
    rows = lengths.indices.map { index in
      let row = Row(
        start: index * width, sentinel: Int(lengths[index]) - 2, offset: Int(offsets[index]), bucketStart: bucket, symbolStart: symbol)
      bucket += 1 << (16 - row.bucketShift)
      symbol += row.sentinel + 1
      return row
    }
    buckets = rows.flatMap { DecodingBucket.all(of: $0, quantizedCDF: quantizedCDF) }
    symbols = rows.flatMap { EncodingSymbol.all(of: $0, quantizedCDF: quantizedCDF) }
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
    /// Place of the row's first symbol in `symbols`.
    let symbolStart: Int

    init(start: Int, sentinel: Int, offset: Int, bucketStart: Int, symbolStart: Int) {
      (self.start, self.sentinel, self.offset) = (start, sentinel, offset)
      (self.bucketStart, self.symbolStart) = (bucketStart, symbolStart)
      bucketShift = DecodingBucket.shift(symbolCount: sentinel + 1)
    }
  }

  /// Pointers to the tables for the time of one coding call.
  struct View {
    let entries: UnsafeBufferPointer<Int32>
    let rows: UnsafeBufferPointer<Row>
    let buckets: UnsafeBufferPointer<DecodingBucket>
    let symbols: UnsafeBufferPointer<EncodingSymbol>
  }

  func withView<Result>(_ body: (View) throws(EntropyCodingError) -> Result) throws(EntropyCodingError) -> Result {
    try quantizedCDF.withUnsafeBufferPointer { (entries) throws(EntropyCodingError) -> Result in
      try rows.withUnsafeBufferPointer { (rows) throws(EntropyCodingError) -> Result in
        try buckets.withUnsafeBufferPointer { (buckets) throws(EntropyCodingError) -> Result in
          try symbols.withUnsafeBufferPointer { (symbols) throws(EntropyCodingError) -> Result in
            try body(View(entries: entries, rows: rows, buckets: buckets, symbols: symbols))
          }
        }
      }
    }
  }
}
