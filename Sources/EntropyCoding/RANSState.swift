/// The state of an encoder and where its words go: rANS with 64 bits of state, 32-bit renormalisation and 16-bit frequencies.
///
/// Duda, "Asymmetric numeral systems", 2013. Encoding runs backwards: what is put last is decoded first. A value with its escape pushes at most
/// ``wordsPerSymbol`` words.
struct RANSState {
  /// The lower bound of the state and its first value.
  static let lowerBound: UInt64 = 1 << 31
  /// The most words that one symbol pushes: a sentinel has 16 bits at most, its number ten groups of 4.
  static let wordsPerSymbol = 3

  /// In `lowerBound..<(lowerBound << 32)` between the operations.
  var state: UInt64
  var top: UnsafeMutablePointer<UInt32>

  /// Codes a symbol of frequency 1 to 65536 that begins at cumulative frequency `start`.
  @inline(__always) mutating func put(start: UInt64, frequency: UInt64) {
    if state >= frequency << 47 { push() }
    let (quotient, remainder) = state.quotientAndRemainder(dividingBy: frequency)
    state = (quotient << 16) &+ remainder &+ start
  }

  /// Codes four bits without a model.
  @inline(__always) mutating func put(nibble: UInt64) {
    if state >= 1 << 59 { push() }
    state = (state << 4) | nibble
  }

  /// Codes the value behind a sentinel: the number of hexadecimal digits, then the digits, the lowest first.
  ///
  /// A 32-bit symbol needs 9 digits at most. CompressAI's coder is defined up to 7.
  mutating func put(escape raw: UInt64) {
    let digits = escapeDigits(raw)
    for digit in stride(from: digits - 1, through: 0, by: -1) { put(nibble: (raw >> UInt64(4 * digit)) & 15) }
    put(nibble: UInt64(digits))
  }

  @inline(__always) private mutating func push() {
    top.pointee = UInt32(truncatingIfNeeded: state)
    top += 1
    state >>= 32
  }
}

/// The number of hexadecimal digits of an escaped value, 0 for 0.
@inline(__always) func escapeDigits(_ raw: UInt64) -> Int { (67 - raw.leadingZeroBitCount) / 4 }

extension CodingTables.Row {
  /// The symbol index that codes a value and, for the sentinel, the number that follows it.
  @inline(__always) func index(of symbol: Int32) -> (index: Int, raw: UInt64) {
    let value = Int(symbol) &- offset
    if value >= 0, value < sentinel { return (value, 0) }
    // Values below the table take the odd numbers, values from the table's end on the even ones.
    return (sentinel, UInt64(value < 0 ? -2 * value - 1 : 2 * (value - sentinel)))
  }
}
