/// The decoding loop: the bytes, and what is done with a coder's state and its place in them.
///
/// State and place are values that go in and come out, so that a loop keeps them in registers; what is rare is done by functions that are not inlined.
struct RANSReader {
  let bytes: UnsafeRawBufferPointer

  /// A coder between two symbols.
  struct Position {
    /// In `RANSState.lowerBound..<(RANSState.lowerBound << 32)`, whatever the bytes are.
    var state: UInt64
    /// The next word, in bytes.
    var place: Int
  }

  /// Reads symbols, and returns where that ends.
  ///
  /// - Parameter done: how many symbols were read before, for errors.
  func read(
    into symbols: UnsafeMutableBufferPointer<Int32>, from start: Position, rows: some RowSequence, view: CodingTables.View, done: Int
  ) throws(EntropyCodingError) -> Position {
    var rows = rows
    var (state, place) = (start.state, start.place)
    for index in symbols.indices {
      symbols[index] = try next(&state, &place, row: rows.next(), view: view, number: done &+ index)
    }
    return Position(state: state, place: place)
  }

  /// Reads one symbol.
  ///
  /// - Parameter number: the number of the symbol, for errors.
  @inline(__always)
  func next(
    _ state: inout UInt64, _ place: inout Int, row rowIndex: Int, view: CodingTables.View, number: Int
  ) throws(EntropyCodingError) -> Int32 {
    let row = view.rows.baseAddress.unsafelyUnwrapped + rowIndex
    let index = Self.symbol(&state, row: row, view: view)
    if state < RANSState.lowerBound {
      guard bytes.count &- place >= 4 else { throw .streamEnded(position: number) }
      state = state &<< 32 | UInt64(word(at: place))
      place &+= 4
    }
    if index != row.pointee.sentinel { return Int32(truncatingIfNeeded: row.pointee.offset &+ index) }
    let escape = try escape(from: Position(state: state, place: place), row: row, number: number)
    (state, place) = (escape.end.state, escape.end.place)
    return escape.symbol
  }

  /// Takes a symbol out of a state, and returns its index in its row; the state may be too small afterwards.
  @inline(__always)
  static func symbol(_ state: inout UInt64, row: UnsafePointer<CodingTables.Row>, view: CodingTables.View) -> Int {
    // Field by field: a copy of the whole row would go through memory.
    let target = state & 0xFFFF
    let shift = UInt64(truncatingIfNeeded: row.pointee.bucketShift)
    let bucket = view.buckets[row.pointee.bucketStart &+ Int(truncatingIfNeeded: target &>> shift)]
    var (index, start, frequency) = (bucket.symbol, bucket.start, bucket.frequency)
    if target &- start >= frequency {
      let entries = view.entries.baseAddress.unsafelyUnwrapped + row.pointee.start
      (index, start, frequency) = symbol(holding: target, after: index, in: entries)
    }
    // frequency ≤ 2^16 and state < 2^63, so that the sum stays below 2^63.
    state = frequency &* (state &>> 16) &+ (target &- start)
    return index
  }

  /// The symbol whose range holds `target`, which lies behind that of symbol `index` of a row.
  @inline(__always)
  private static func symbol(
    holding target: UInt64, after index: Int, in row: UnsafePointer<Int32>
  ) -> (index: Int, start: UInt64, frequency: UInt64) {
    let target = Int32(truncatingIfNeeded: target)
    var index = index &+ 1
    while row[index &+ 1] <= target { index &+= 1 }
    let start = row[index]
    return (index, UInt64(UInt32(bitPattern: start)), UInt64(UInt32(bitPattern: row[index &+ 1] &- start)))
  }

  /// Reads the number behind a sentinel.
  ///
  /// The digits are few and bounded before they are shifted, and leading zeros are refused, because no encoder writes them.
  @inline(never)
  func escape(
    from start: Position, row: UnsafePointer<CodingTables.Row>, number: Int
  ) throws(EntropyCodingError) -> (symbol: Int32, end: Position) {
    var position = start
    let digits = try nibble(&position, number: number)
    guard digits <= 9 else { throw .streamEscape(position: number) }
    var raw: UInt64 = 0
    for digit in 0..<digits { raw |= try nibble(&position, number: number) << (4 * digit) }
    guard escapeDigits(raw) == Int(digits) else { throw .streamEscape(position: number) }
    let half = Int(raw >> 1)
    let value = row.pointee.offset + (raw.isMultiple(of: 2) ? half + row.pointee.sentinel : -half - 1)
    guard let symbol = Int32(exactly: value) else { throw .streamSymbol(position: number) }
    return (symbol, position)
  }

  private func nibble(_ position: inout Position, number: Int) throws(EntropyCodingError) -> UInt64 {
    let nibble = position.state & 15
    position.state >>= 4
    if position.state < RANSState.lowerBound {
      guard bytes.count &- position.place >= 4 else { throw .streamEnded(position: number) }
      position.state = position.state << 32 | UInt64(word(at: position.place))
      position.place &+= 4
    }
    return nibble
  }

  @inline(__always) private func word(at place: Int) -> UInt32 {
    UInt32(littleEndian: bytes.baseAddress.unsafelyUnwrapped.loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }
}
