/// An encoder that gathers symbols over several calls and writes them as one stream.
///
/// The stream is the one that a single call with all symbols gives. An encoder codes backwards, so the calls only note
/// 4 bytes for each symbol, and ``finish()`` does the work. Use ``RANS`` when all symbols are at hand.
public struct RANSEncoder: Sendable {
  /// Start and frequency − 1 in 16 bits each.
  ///
  /// Their sum is below 65536 for every symbol; a larger sum marks four bits without a model.
  private var operations: [UInt32] = []
  private var symbolCount = 0

  /// Creates an encoder without symbols.
  public init() {}

  /// Appends symbols, each with the index of its table row.
  ///
  /// - Throws: ``EntropyCodingError`` when the counts differ or an index names no row; nothing is appended then.
  public mutating func encode(symbols: [Int32], indexes: [Int32], tables: CodingTables) throws(EntropyCodingError) {
    try symbols.withUnsafeBufferPointer { (symbols) throws(EntropyCodingError) in
      try indexes.withUnsafeBufferPointer { (indexes) throws(EntropyCodingError) in
        try append(symbols, rows: .listed(indexes), tables: tables)
      }
    }
  }

  /// Appends symbols, each with the index of its table row.
  ///
  /// - Throws: ``EntropyCodingError`` when the counts differ or an index names no row; nothing is appended then.
  public mutating func encode(
    symbols: UnsafeBufferPointer<Int32>, indexes: UnsafeBufferPointer<Int32>, tables: CodingTables
  ) throws(EntropyCodingError) {
    try append(symbols, rows: .listed(indexes), tables: tables)
  }

  /// Appends symbols of which each run of `runLength` uses the next table row, as channels of a tensor do.
  ///
  /// - Throws: ``EntropyCodingError`` when there are not `runLength` symbols for each row; nothing is appended then.
  public mutating func encode(symbols: [Int32], runLength: Int, tables: CodingTables) throws(EntropyCodingError) {
    try symbols.withUnsafeBufferPointer { (symbols) throws(EntropyCodingError) in
      try append(symbols, rows: .runs(runLength), tables: tables)
    }
  }

  /// Appends symbols of which each run of `runLength` uses the next table row, as channels of a tensor do.
  ///
  /// - Throws: ``EntropyCodingError`` when there are not `runLength` symbols for each row; nothing is appended then.
  public mutating func encode(symbols: UnsafeBufferPointer<Int32>, runLength: Int, tables: CodingTables) throws(EntropyCodingError) {
    try append(symbols, rows: .runs(runLength), tables: tables)
  }

  /// Returns the stream of all symbols, at least 8 bytes and a multiple of 4, and empties the encoder.
  public mutating func finish(form: StreamForm = .compatible) -> [UInt8] {
    let laneCount = form.laneCount
    var words = WordStack(capacity: operations.count / 16 + 16)
    var states = [UInt64](repeating: RANSState.lowerBound, count: laneCount)
    var lane = symbolCount % laneCount
    var isBehindSymbol = true
    for operation in operations.reversed() {
      // The digits of an escape stand behind its sentinel and belong to the same coder.
      if isBehindSymbol { lane = (lane + laneCount - 1) % laneCount }
      words.reserve(1)
      var coder = RANSState(state: states[lane], top: words.top)
      let start = UInt64(operation >> 16)
      let frequency = UInt64(operation & 0xFFFF) + 1
      isBehindSymbol = start + frequency <= 65536
      if isBehindSymbol { coder.put(start: start, frequency: frequency) } else { coder.put(nibble: start - 1) }
      (states[lane], words.top) = (coder.state, coder.top)
    }
    operations.removeAll()
    symbolCount = 0
    return words.bytes(after: states)
  }

  private mutating func append(_ symbols: UnsafeBufferPointer<Int32>, rows: RowChoice, tables: CodingTables) throws(EntropyCodingError) {
    try rows.check(symbolCount: symbols.count, tables: tables)
    symbolCount += symbols.count
    let needed = operations.count + symbols.count
    // Doubling keeps many small calls from copying the operations each time.
    if needed > operations.capacity { operations.reserveCapacity(max(needed, 2 * operations.capacity)) }
    try tables.withView { (view) throws(EntropyCodingError) in
      switch rows {
      case .listed(let indexes):
        append(symbols, rows: ListedRows(indexes), view: view)
      case .runs(let runLength):
        append(symbols, rows: RunRows(runLength: runLength, row: 0, remaining: runLength, step: 1), view: view)
      }
    }
  }

  private mutating func append(_ symbols: UnsafeBufferPointer<Int32>, rows: some RowSequence, view: CodingTables.View) {
    var rows = rows
    for symbol in symbols {
      let row = view.rows[rows.next()]
      let (index, raw) = row.index(of: symbol)
      let start = view.entries[row.start + index]
      let frequency = view.entries[row.start + index + 1] - start
      operations.append(UInt32(start) << 16 | UInt32(frequency - 1))
      guard index == row.sentinel else { continue }
      let digits = escapeDigits(raw)
      appendNibble(UInt32(digits))
      for digit in 0..<digits { appendNibble(UInt32((raw >> UInt64(4 * digit)) & 15)) }
    }
  }

  private mutating func appendNibble(_ nibble: UInt32) { operations.append((nibble + 1) << 16 | 0xFFFF) }
}
