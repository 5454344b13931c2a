/// The decoding loop of coders that take turns.
extension RANSReader {
  /// Coders between two symbols.
  struct Turns {
    /// Each in `RANSState.lowerBound..<(RANSState.lowerBound << 32)`, whatever the bytes are.
    var states: SIMD4<UInt64>
    /// The next word, in bytes.
    var place: Int
  }

  /// The words that a turn of four symbols takes at most, with all their escapes.
  private static let bytesPerTurn = 4 * 4 * RANSState.wordsPerSymbol

  /// Reads symbols, and returns where that ends.
  ///
  /// - Parameter done: how many symbols were read before; the first one now belongs to coder `done` mod 4.
  func read(
    into symbols: UnsafeMutableBufferPointer<Int32>, from start: Turns, rows: some RowSequence, view: CodingTables.View, done: Int
  ) throws(EntropyCodingError) -> Turns {
    var (rows, turns, index) = (rows, start, 0)
    // Up to the beginning of a turn, and to the end where the stream or the symbols come to theirs, one by one.
    while index < symbols.count, (done &+ index) & 3 != 0 {
      try readOne(into: symbols, index, &turns, &rows, view: view, done: done)
      index &+= 1
    }
    index = try readTurns(into: symbols, from: index, &turns, &rows, view: view, done: done)
    while index < symbols.count {
      try readOne(into: symbols, index, &turns, &rows, view: view, done: done)
      index &+= 1
    }
    return turns
  }

  @inline(__always)
  private func readOne(
    into symbols: UnsafeMutableBufferPointer<Int32>, _ index: Int, _ turns: inout Turns, _ rows: inout some RowSequence,
    view: CodingTables.View, done: Int
  ) throws(EntropyCodingError) {
    let lane = (done &+ index) & 3
    var state = turns.states[lane]
    symbols[index] = try next(&state, &turns.place, row: rows.next(), view: view, number: done &+ index)
    turns.states[lane] = state
  }

  /// Reads whole turns as long as the stream has the words for the longest one, so that no symbol has to look whether there is a word.
  ///
  /// - Returns: The index of the next symbol.
  @inline(__always)
  private func readTurns(
    into symbols: UnsafeMutableBufferPointer<Int32>, from start: Int, _ turns: inout Turns, _ rows: inout some RowSequence,
    view: CodingTables.View, done: Int
  ) throws(EntropyCodingError) -> Int {
    guard let base = bytes.baseAddress, let out = symbols.baseAddress, bytes.count >= Self.bytesPerTurn else { return start }
    let last = base + (bytes.count - Self.bytesPerTurn)
    // Values of their own, so that they stay in registers.
    var word = base + turns.place
    var (first, second, third, fourth) = (turns.states[0], turns.states[1], turns.states[2], turns.states[3])
    var (index, number) = (start, done &+ start)
    while index &+ 4 <= symbols.count, word <= last {
      out[index] = try take(&first, &word, row: rows.next(), view: view, number: number)
      out[index &+ 1] = try take(&second, &word, row: rows.next(), view: view, number: number &+ 1)
      out[index &+ 2] = try take(&third, &word, row: rows.next(), view: view, number: number &+ 2)
      out[index &+ 3] = try take(&fourth, &word, row: rows.next(), view: view, number: number &+ 3)
      index &+= 4
      number &+= 4
    }
    turns = Turns(states: SIMD4(first, second, third, fourth), place: word - base)
    return index
  }

  /// Reads one symbol where a word is there.
  ///
  /// Whether it is needed cannot be predicted, so that it is always loaded.
  @inline(__always)
  private func take(
    _ state: inout UInt64, _ word: inout UnsafeRawPointer, row rowIndex: Int, view: CodingTables.View, number: Int
  ) throws(EntropyCodingError) -> Int32 {
    let row = view.rows.baseAddress.unsafelyUnwrapped + rowIndex
    var narrow = state
    let index = Self.symbol(&narrow, row: row, view: view)
    let wide = narrow &<< 32 | UInt64(UInt32(littleEndian: word.loadUnaligned(as: UInt32.self)))
    let moved = word + 4
    let isShort = narrow < RANSState.lowerBound
    state = isShort ? wide : narrow
    word = isShort ? moved : word
    if index != row.pointee.sentinel { return Int32(truncatingIfNeeded: row.pointee.offset &+ index) }
    let base = bytes.baseAddress.unsafelyUnwrapped
    let escape = try escape(from: Position(state: state, place: word - base), row: row, number: number)
    (state, word) = (escape.end.state, base + escape.end.place)
    return escape.symbol
  }
}
