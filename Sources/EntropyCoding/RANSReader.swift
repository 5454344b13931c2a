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
      let rowIndex = rows.next()
      let row = view.rows[rowIndex]
      let target = Int32(truncatingIfNeeded: state & 0xFFFF)
      let index = Self.symbol(holding: target, row: row, rowIndex: rowIndex, view: view)
      let start = view.entries[row.start &+ index]
      let frequency = view.entries[row.start &+ index &+ 1] &- start
      // frequency ≤ 2^16 and state < 2^63, so that the sum stays below 2^63.
      state = UInt64(UInt32(bitPattern: frequency)) &* (state >> 16) &+ UInt64(UInt32(bitPattern: target &- start))
      guard refill() else { throw .streamEnded(position: done + position) }
      if index == row.sentinel {
        symbols[position] = try readEscape(row: row, position: done + position)
      } else {
        symbols[position] = Int32(truncatingIfNeeded: row.offset &+ index)
      }
    }
  }

  /// The symbol whose range holds `target`: the hints of the 256-wide bucket bound a binary search.
  @inline(__always)
  private static func symbol(holding target: Int32, row: CodingTables.Row, rowIndex: Int, view: CodingTables.View) -> Int {
    let bucket = rowIndex &* 257 &+ Int(target >> 8)
    var low = Int(view.hints[bucket])
    var high = Int(view.hints[bucket &+ 1])
    while low < high {
      let middle = (low &+ high &+ 1) >> 1
      if view.entries[row.start &+ middle] <= target { low = middle } else { high = middle &- 1 }
    }
    return low
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
