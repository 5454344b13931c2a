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
  /// For every row 257 symbols: the one that holds cumulative frequency 256·k, and at the end the sentinel.
  let hints: [UInt16]
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
    rows = lengths.indices.map { Row(start: $0 * width, sentinel: Int(lengths[$0]) - 2, offset: Int(offsets[$0])) }
    hints = Self.hints(rows: rows, quantizedCDF: quantizedCDF)
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
  }

  /// Pointers to the tables for the time of one coding call.
  struct View {
    let entries: UnsafeBufferPointer<Int32>
    let rows: UnsafeBufferPointer<Row>
    let hints: UnsafeBufferPointer<UInt16>
  }

  func withView<Result>(_ body: (View) throws(EntropyCodingError) -> Result) throws(EntropyCodingError) -> Result {
    try quantizedCDF.withUnsafeBufferPointer { (entries) throws(EntropyCodingError) -> Result in
      try rows.withUnsafeBufferPointer { (rows) throws(EntropyCodingError) -> Result in
        try hints.withUnsafeBufferPointer { (hints) throws(EntropyCodingError) -> Result in
          try body(View(entries: entries, rows: rows, hints: hints))
        }
      }
    }
  }

  /// A symbol index always fits: a row has at most 65536 symbols.
  private static func hints(rows: [Row], quantizedCDF: [Int32]) -> [UInt16] {
    var hints: [UInt16] = []
    hints.reserveCapacity(rows.count * 257)
    for row in rows {
      var symbol = 0
      for bucket in 0..<256 {
        while quantizedCDF[row.start + symbol + 1] <= bucket * 256 { symbol += 1 }
        hints.append(UInt16(symbol))
      }
      hints.append(UInt16(row.sentinel))
    }
    return hints
  }
}
