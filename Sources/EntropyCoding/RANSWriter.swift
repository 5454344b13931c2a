/// The encoding loop of both forms: what is done with a coder's state and the words that it pushes.
struct RANSWriter: ~Copyable {
  private var words: WordStack
  /// The states of the coders.
  private var states: SIMD4<UInt64> = .init(repeating: RANSState.lowerBound)
  private let form: StreamForm

  /// Creates a writer with room for some symbols; a guess of two bits for each spares most of the regrowing.
  init(symbolCount: Int, form: StreamForm) {
    words = WordStack(capacity: symbolCount / 16 + Self.blockSize * RANSState.wordsPerSymbol)
    self.form = form
  }

  /// The finished stream.
  var bytes: [UInt8] { words.bytes(after: (0..<form.laneCount).map { states[$0] }) }

  /// The symbols between two looks at the room for their words; a multiple of the number of coders.
  private static let blockSize = 256

  /// Codes all symbols of the stream from the last to the first; `rows` runs backwards, too.
  mutating func write(_ symbols: UnsafeBufferPointer<Int32>, rows: some RowSequence, view: CodingTables.View) {
    guard let symbols = Symbols(symbols, view: view) else { return }
    var rows = rows
    var position = symbols.count
    if form == .interleaved {
      words.reserve(Self.blockSize * RANSState.wordsPerSymbol)
      // Down to a whole number of turns.
      while position & 3 != 0 {
        position &-= 1
        var state = states[position & 3]
        symbols.put(position, row: rows.next(), &state, &words.top)
        states[position & 3] = state
      }
    }
    while position > 0 {
      words.reserve(Self.blockSize * RANSState.wordsPerSymbol)
      let end = max(0, position - Self.blockSize)
      if form == .interleaved {
        writeTurns(symbols, from: position, to: end, &rows)
      } else {
        writeSymbols(symbols, from: position, to: end, &rows)
      }
      position = end
    }
  }

  // States and top are values of their own in these loops, so that they stay in registers.

  @inline(__always)
  private mutating func writeSymbols(_ symbols: Symbols, from start: Int, to end: Int, _ rows: inout some RowSequence) {
    var (state, top) = (states[0], words.top)
    var position = start
    while position > end {
      position &-= 1
      symbols.put(position, row: rows.next(), &state, &top)
    }
    states[0] = state
    words.top = top
  }

  @inline(__always)
  private mutating func writeTurns(_ symbols: Symbols, from start: Int, to end: Int, _ rows: inout some RowSequence) {
    var (first, second, third, fourth) = (states[0], states[1], states[2], states[3])
    var top = words.top
    var position = start
    while position > end {
      position &-= 4
      symbols.put(position &+ 3, row: rows.next(), &fourth, &top)
      symbols.put(position &+ 2, row: rows.next(), &third, &top)
      symbols.put(position &+ 1, row: rows.next(), &second, &top)
      symbols.put(position, row: rows.next(), &first, &top)
    }
    states = SIMD4(first, second, third, fourth)
    words.top = top
  }

  /// What is coded, and the tables for it.
  private struct Symbols {
    let symbols: UnsafePointer<Int32>
    let count: Int
    let rows: UnsafePointer<CodingTables.Row>
    let table: UnsafePointer<EncodingSymbol>
    let view: CodingTables.View

    /// Nil where there is nothing to code.
    init?(_ symbols: UnsafeBufferPointer<Int32>, view: CodingTables.View) {
      guard let start = symbols.baseAddress, let rows = view.rows.baseAddress, let table = view.symbols.baseAddress else { return nil }
      (self.symbols, count, self.rows, self.table, self.view) = (start, symbols.count, rows, table, view)
    }

    /// Codes one symbol.
    ///
    /// Whether a word is pushed cannot be predicted, so that it is always stored, and the top moves or does not.
    @inline(__always)
    func put(_ position: Int, row rowIndex: Int, _ state: inout UInt64, _ top: inout UnsafeMutablePointer<UInt32>) {
      // Field by field: a copy of the whole row would go through memory.
      let row = rows + rowIndex
      let index = Int(symbols[position]) &- row.pointee.offset
      if UInt(bitPattern: index) >= UInt(bitPattern: row.pointee.sentinel) {
        let coder = escape(symbols[position], row: rowIndex, RANSState(state: state, top: top))
        (state, top) = (coder.state, coder.top)
        return
      }
      let symbol = table + (row.pointee.symbolStart &+ index)
      top.pointee = UInt32(truncatingIfNeeded: state)
      let (moved, high) = (top + 1, state &>> 32)
      let isFull = state >= symbol.pointee.limit
      top = isFull ? moved : top
      state = symbol.pointee.applied(to: isFull ? high : state)
    }

    /// Codes a symbol that lies outside its row.
    @inline(never)
    private func escape(_ symbol: Int32, row rowIndex: Int, _ coder: RANSState) -> RANSState {
      var coder = coder
      let row = view.rows[rowIndex]
      let (index, raw) = row.index(of: symbol)
      coder.put(escape: raw)
      let start = view.entries[row.start + index]
      coder.put(start: UInt64(start), frequency: UInt64(view.entries[row.start + index + 1] - start))
      return coder
    }
  }
}
