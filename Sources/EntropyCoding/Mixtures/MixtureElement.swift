/// The table of one element under a mixture, of which only the entries that are asked for are computed.
///
/// The values from `first` on have the cumulative frequencies ⌊(F(k − ½) − F(first − ½))·(2¹⁶ − n)⌋ + k − first, where n is the number of symbols; so
/// every symbol has a frequency of at least 1 and none needs a sum over all. What lies outside follows the last symbol as an escape.
struct MixtureElement {
  /// The most values with a symbol of their own.
  static let mostValues = 8192

  /// The value of the first symbol.
  let first: Int
  /// How many values have a symbol; the one behind them opens an escape.
  let count: Int
  private let reference: MixtureReference
  private let start: Int64

  /// - Parameter reference: the components, set to the element.
  @inline(__always) init(_ reference: MixtureReference) {
    self.reference = reference
    var (low, high) = (reference.lowest, reference.highest)
    if high - low >= Double(Self.mostValues) {
      let center = reference.center
      (low, high) = (center - Double(Self.mostValues / 2), center + Double(Self.mostValues / 2 - 1))
    }
    first = Int(low)
    count = Int(high) - Int(low) + 1
    start = reference.cumulative(Double(first) - 0.5)
  }

  /// The cumulative frequency at the beginning of symbol `index`, 0 to `count`; that of the escape for `count`.
  @inline(__always) func frequency(at index: Int) -> UInt64 {
    let mass = reference.cumulative(Double(first &+ index) - 0.5) &- start
    // Below 2^46 times 2^16.
    return UInt64(bitPattern: (mass &* Int64(65536 &- count &- 1)) >> 46) &+ UInt64(truncatingIfNeeded: index)
  }

  /// The symbol whose range holds `target`, below 2¹⁶, with its range.
  @inline(__always) func symbol(holding target: UInt64) -> (index: Int, start: UInt64, frequency: UInt64) {
    var (low, lowest) = (0, UInt64(0))
    var (high, highest) = (count &+ 1, UInt64(65536))
    while high &- low > 1 {
      let middle = (low &+ high) >> 1
      let found = frequency(at: middle)
      if found <= target { (low, lowest) = (middle, found) } else { (high, highest) = (middle, found) }
    }
    return (low, lowest, highest &- lowest)
  }
}
