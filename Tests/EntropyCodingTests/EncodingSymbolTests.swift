import Testing

@testable import EntropyCoding

/// The encoder's products against divisions.
struct EncodingSymbolTests {
  @Test func statesAfterSymbolsOfAllFrequencies() {
    var generator = SystemRandomNumberGenerator()
    var wrong: [(UInt64, UInt64)] = []
    for frequency in UInt64(1)...65536 {
      let start = UInt64.random(in: 0...(65536 - frequency), using: &generator)
      let symbol = EncodingSymbol(start: Int32(start), frequency: Int32(frequency))
      let limit = frequency << 47
      guard symbol.limit == limit else {
        wrong.append((0, frequency))
        continue
      }
      // Where a quotient that is a little too large would show: multiples and what lies just below them.
      let multiple = (limit - 1) / frequency * frequency
      let states = [
        RANSState.lowerBound, RANSState.lowerBound / frequency * frequency &- 1, multiple, multiple - 1, limit - 1,
        UInt64.random(in: (limit >> 32)..<limit, using: &generator),
        UInt64.random(in: 1...((limit - 1) / frequency), using: &generator) * frequency - 1,
      ]
      for state in states where state > 0 && state < limit {
        if symbol.applied(to: state) != ((state / frequency) << 16) + state % frequency + start { wrong.append((state, frequency)) }
      }
    }
    #expect(wrong.count == 0, "\(wrong.prefix(5))")
  }
}
