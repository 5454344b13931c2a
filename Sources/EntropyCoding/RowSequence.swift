/// The table row of each symbol in coding order.
protocol RowSequence {
  mutating func next() -> Int
}

/// Rows from a list of indexes, from the first to the last.
///
/// The direction is a type of its own, so that several symbols in a row find theirs beside one pointer.
struct ListedRows: RowSequence {
  private var place: UnsafePointer<Int32>?

  init(_ indexes: UnsafeBufferPointer<Int32>) { place = indexes.baseAddress }

  @inline(__always) mutating func next() -> Int {
    let row = Int(place.unsafelyUnwrapped.pointee)
    place = place.unsafelyUnwrapped + 1
    return row
  }
}

/// Rows from a list of indexes, from the last to the first.
struct ReversedRows: RowSequence {
  private var place: UnsafePointer<Int32>?

  init(_ indexes: UnsafeBufferPointer<Int32>) { place = indexes.baseAddress.map { $0 + indexes.count } }

  @inline(__always) mutating func next() -> Int {
    place = place.unsafelyUnwrapped - 1
    return Int(place.unsafelyUnwrapped.pointee)
  }
}

/// Rows that stay the same for a run of symbols, counted upwards or downwards.
struct RunRows: RowSequence {
  let runLength: Int
  var row: Int
  var remaining: Int
  let step: Int

  @inline(__always) mutating func next() -> Int {
    if remaining == 0 {
      row &+= step
      remaining = runLength
    }
    remaining &-= 1
    return row
  }
}

/// How a caller says which row codes each symbol.
enum RowChoice {
  /// One index for each symbol.
  case listed(UnsafeBufferPointer<Int32>)
  /// `runLength` symbols for each row, in the order of the rows.
  case runs(Int)

  /// Checks the choice once, so that the coding loops need not.
  func check(symbolCount: Int, tables: CodingTables) throws(EntropyCodingError) {
    switch self {
    case .listed(let indexes):
      guard indexes.count == symbolCount else { throw .indexCount(symbols: symbolCount, indexes: indexes.count) }
      let limit = UInt32(clamping: tables.count)
      // The largest of all, negative ones above the others, is found several at a time; the place only matters where it is wrong.
      let largest = indexes.reduce(0) { max($0, UInt32(bitPattern: $1)) }
      guard largest >= limit else { return }
      for (position, index) in indexes.enumerated() where UInt32(bitPattern: index) >= limit {
        throw .index(position: position, value: Int(index), rows: tables.count)
      }
    case .runs(let runLength):
      let (count, overflow) = tables.count.multipliedReportingOverflow(by: runLength)
      guard runLength >= 0, !overflow, count == symbolCount else {
        throw .runCount(symbols: symbolCount, rows: tables.count, runLength: runLength)
      }
    }
  }
}
