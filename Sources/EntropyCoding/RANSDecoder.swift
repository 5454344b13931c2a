/// A decoder of one stream, in one call or in several.
///
/// It reads nothing outside the stream and accepts exactly the streams that the encoder writes for the same tables:
/// decoding all symbols, ``finish()`` and encoding them again gives the same bytes.
/// A call that throws leaves the decoder as it was.
public struct RANSDecoder: Sendable {
  private let bytes: [UInt8]
  private let form: StreamForm
  /// The states of the coders: one, or four.
  private var turns: RANSReader.Turns
  private var symbolsDone = 0

  /// Creates a decoder at the beginning of a stream.
  ///
  /// - Throws: ``EntropyCodingError`` when the length or the first states cannot be those of a stream.
  public init(_ bytes: [UInt8], form: StreamForm = .compatible) throws(EntropyCodingError) {
    let least = form.headerByteCount
    guard bytes.count >= least, bytes.count.isMultiple(of: 4) else { throw .streamLength(bytes.count, least: least) }
    self.bytes = bytes
    self.form = form
    var states = SIMD4(repeating: RANSState.lowerBound)
    for lane in 0..<form.laneCount {
      states[lane] = bytes[(8 * lane)..<(8 * lane + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
      guard states[lane] >= RANSState.lowerBound, states[lane] < RANSState.lowerBound << 32 else { throw .streamStart }
    }
    turns = RANSReader.Turns(states: states, place: least)
  }

  /// Returns the next symbols, one for each index of a table row.
  ///
  /// - Throws: ``EntropyCodingError`` when an index names no row or when the stream is cut or damaged.
  public mutating func decode(indexes: [Int32], tables: CodingTables) throws(EntropyCodingError) -> [Int32] {
    try indexes.withUnsafeBufferPointer { (indexes) throws(EntropyCodingError) -> [Int32] in
      try decode(count: indexes.count, rows: .listed(indexes), tables: tables)
    }
  }

  /// Fills `symbols` with the next symbols, one for each index of a table row.
  ///
  /// - Throws: ``EntropyCodingError`` when the counts differ, an index names no row, or the stream is cut or damaged.
  public mutating func decode(
    into symbols: UnsafeMutableBufferPointer<Int32>, indexes: UnsafeBufferPointer<Int32>, tables: CodingTables
  ) throws(EntropyCodingError) {
    try decode(into: symbols, rows: .listed(indexes), tables: tables)
  }

  /// Returns the next symbols, `runLength` for each table row in turn, as channels of a tensor do.
  ///
  /// Memory is taken only for as many symbols as the stream can hold.
  ///
  /// - Throws: ``EntropyCodingError`` when the run length is negative or too large, or when the stream is cut or damaged.
  public mutating func decode(runLength: Int, tables: CodingTables) throws(EntropyCodingError) -> [Int32] {
    let (count, overflow) = tables.count.multipliedReportingOverflow(by: runLength)
    guard runLength >= 0, !overflow else { throw .runCount(symbols: 0, rows: tables.count, runLength: runLength) }
    guard runLength <= tables.greatestRunLength(inBytes: bytes.count) else {
      throw .streamTooShort(symbols: count, byteCount: bytes.count)
    }
    return try decode(count: count, rows: .runs(runLength), tables: tables)
  }

  /// Fills `symbols` with the next symbols, `runLength` for each table row in turn, as channels of a tensor do.
  ///
  /// - Throws: ``EntropyCodingError`` when there are not `runLength` places for each row, or when the stream is cut or damaged.
  public mutating func decode(
    into symbols: UnsafeMutableBufferPointer<Int32>, runLength: Int, tables: CodingTables
  ) throws(EntropyCodingError) {
    try decode(into: symbols, rows: .runs(runLength), tables: tables)
  }

  /// Checks that the whole stream was read and that every coder is back in the encoder's first state, a cheap test for damage.
  ///
  /// - Throws: ``EntropyCodingError`` when words are left or the state differs.
  public func finish() throws(EntropyCodingError) {
    guard turns.place == bytes.count else { throw .streamRest(words: (bytes.count - turns.place) / 4) }
    guard turns.states == SIMD4(repeating: RANSState.lowerBound) else { throw .streamState }
  }

  /// Decodes into memory that nobody has written to before.
  private mutating func decode(count: Int, rows: RowChoice, tables: CodingTables) throws(EntropyCodingError) -> [Int32] {
    var outcome = Result<Void, EntropyCodingError>.success(())
    let symbols = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      let places = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      outcome = Result { () throws(EntropyCodingError) in try decode(into: places, rows: rows, tables: tables) }
      // What was not decoded is not returned.
      if case .success = outcome { initialized = count }
    }
    try outcome.get()
    return symbols
  }

  private mutating func decode(
    into symbols: UnsafeMutableBufferPointer<Int32>, rows: RowChoice, tables: CodingTables
  ) throws(EntropyCodingError) {
    try rows.check(symbolCount: symbols.count, tables: tables)
    let (start, form, done) = (turns, form, symbolsDone)
    turns = try bytes.withUnsafeBufferPointer { (bytes) throws(EntropyCodingError) -> RANSReader.Turns in
      try tables.withView { (view) throws(EntropyCodingError) -> RANSReader.Turns in
        let reader = RANSReader(bytes: UnsafeRawBufferPointer(bytes))
        switch rows {
        case .listed(let indexes):
          let rows = ListedRows(indexes)
          return try reader.read(into: symbols, form: form, from: start, rows: rows, view: view, done: done)
        case .runs(let runLength):
          let rows = RunRows(runLength: runLength, row: 0, remaining: runLength, step: 1)
          return try reader.read(into: symbols, form: form, from: start, rows: rows, view: view, done: done)
        }
      }
    }
    symbolsDone += symbols.count
  }
}

extension RANSReader {
  /// Reads symbols in one of the forms.
  fileprivate func read(
    into symbols: UnsafeMutableBufferPointer<Int32>, form: StreamForm, from start: Turns, rows: some RowSequence,
    view: CodingTables.View, done: Int
  ) throws(EntropyCodingError) -> Turns {
    switch form {
    case .compatible:
      let position = Position(state: start.states[0], place: start.place)
      let end = try read(into: symbols, from: position, rows: rows, view: view, done: done)
      var turns = start
      (turns.states[0], turns.place) = (end.state, end.place)
      return turns
    case .interleaved:
      return try read(into: symbols, from: start, rows: rows, view: view, done: done)
    }
  }
}
