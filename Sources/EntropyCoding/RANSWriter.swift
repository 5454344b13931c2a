/// The encoding loop: what is done with the coder's state and the words that it has pushed.
struct RANSWriter {
  private var coder = RANSState()

  /// Creates a writer with room for some symbols; a guess of two bits for each spares most of the regrowing.
  init(symbolCount: Int) { coder.words.reserveCapacity(symbolCount / 16 + 16) }

  /// The finished stream.
  var bytes: [UInt8] { coder.bytes() }

  /// Codes symbols from the last to the first; `rows` runs backwards, too.
  mutating func write(_ symbols: UnsafeBufferPointer<Int32>, rows: some RowSequence, view: CodingTables.View) {
    guard let first = view.rows.baseAddress else { return }
    var rows = rows
    // A value of its own, so that it stays in a register; what is rare is done by the coder.
    var state = coder.state
    var position = symbols.count
    while position > 0 {
      position &-= 1
      // Field by field: a copy of the whole row would go through memory.
      let row = first + rows.next()
      let index = Int(symbols[position]) &- row.pointee.offset
      if index < 0 || index >= row.pointee.sentinel {
        coder.state = state
        coder.put(symbol: symbols[position], row: row.pointee, entries: view.entries)
        state = coder.state
        continue
      }
      let place = row.pointee.start &+ index
      let start = UInt64(UInt32(bitPattern: view.entries[place]))
      let frequency = UInt64(UInt32(bitPattern: view.entries[place &+ 1])) &- start
      if state >= frequency &<< 47 {
        coder.words.append(UInt32(truncatingIfNeeded: state))
        state &>>= 32
      }
      // The quotient times 2^16, the remainder and the start.
      let quotient = Reciprocal.quotient(state, by: frequency, reciprocal: view.reciprocals[place])
      state = state &+ start &+ quotient &* (65536 &- frequency)
    }
    coder.state = state
  }
}
