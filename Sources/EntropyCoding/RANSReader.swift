/// The decoding loop: the state of the coder and its place in the bytes, for the time of one call.
struct RANSReader {
  let bytes: UnsafeRawBufferPointer
  var place: Int
  /// In `RANSState.lowerBound..<(RANSState.lowerBound << 32)` between the operations, whatever the bytes are.
  var state: UInt64

  mutating func read(
    into symbols: UnsafeMutableBufferPointer<Int32>, rows: some RowSequence, view: CodingTables.View, done: Int
  ) throws(EntropyCodingError) {
    var rows = rows
    for position in symbols.indices {
      symbols[position] = try next(row: view.rows[rows.next()], view: view, position: done + position)
    }
  }

  /// Reads one symbol.
  ///
  /// - Parameter position: the number of the symbol, for errors.
  @inline(__always)
  mutating func next(row: CodingTables.Row, view: CodingTables.View, position: Int) throws(EntropyCodingError) -> Int32 {
    let target = state & 0xFFFF
    let bucket = view.buckets[row.bucketStart &+ Int(target >> UInt64(row.bucketShift))]
    var (index, start, frequency) = (bucket.symbol, bucket.start, bucket.frequency)
    if target &- start >= frequency { (index, start, frequency) = Self.symbol(holding: target, after: index, row: row, view: view) }
    // frequency ≤ 2^16 and state < 2^63, so that the sum stays below 2^63.
    state = frequency &* (state >> 16) &+ (target &- start)
    guard refill() else { throw .streamEnded(position: position) }
    return index == row.sentinel ? try readEscape(row: row, position: position) : Int32(truncatingIfNeeded: row.offset &+ index)
  }

  /// The symbol whose range holds `target`, which lies behind that of symbol `index`.
  @inline(__always)
  private static func symbol(
    holding target: UInt64, after index: Int, row: CodingTables.Row, view: CodingTables.View
  ) -> (index: Int, start: UInt64, frequency: UInt64) {
    let target = Int32(truncatingIfNeeded: target)
    var index = index &+ 1
    while view.entries[row.start &+ index &+ 1] <= target { index &+= 1 }
    let start = view.entries[row.start &+ index]
    let frequency = view.entries[row.start &+ index &+ 1] &- start
    return (index, UInt64(UInt32(bitPattern: start)), UInt64(UInt32(bitPattern: frequency)))
  }

  /// Reads the number behind a sentinel.
  ///
  /// The digits are few and bounded before they are shifted, and leading zeros are refused, because no encoder writes them.
  private mutating func readEscape(row: CodingTables.Row, position: Int) throws(EntropyCodingError) -> Int32 {
    let digits = try readNibble(position: position)
    guard digits <= 9 else { throw .streamEscape(position: position) }
    var raw: UInt64 = 0
    for digit in 0..<digits { raw |= try readNibble(position: position) << (4 * digit) }
    guard escapeDigits(raw) == Int(digits) else { throw .streamEscape(position: position) }
    let half = Int(raw >> 1)
    let value = row.offset + (raw.isMultiple(of: 2) ? half + row.sentinel : -half - 1)
    guard let symbol = Int32(exactly: value) else { throw .streamSymbol(position: position) }
    return symbol
  }

  private mutating func readNibble(position: Int) throws(EntropyCodingError) -> UInt64 {
    let nibble = state & 15
    state >>= 4
    guard refill() else { throw .streamEnded(position: position) }
    return nibble
  }

  /// Takes one word when the state has fallen below its bound, and tells whether there was one.
  @inline(__always) private mutating func refill() -> Bool {
    if state >= RANSState.lowerBound { return true }
    guard bytes.count &- place >= 4 else { return false }
    state = state << 32 | UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
    place &+= 4
    return true
  }
}
