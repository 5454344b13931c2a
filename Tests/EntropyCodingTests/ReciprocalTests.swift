import Testing

@testable import EntropyCoding

/// Division by multiplication against division.
struct ReciprocalTests {
  @Test func quotientsOfAllFrequencies() {
    var generator = SystemRandomNumberGenerator()
    var wrong: [(UInt64, UInt64)] = []
    for frequency in UInt64(1)...65536 {
      let reciprocal = Reciprocal.of(frequency)
      let greatest = UInt64(1) << 63 - 1
      // Where a quotient that is a little too large would show: multiples and what lies just below them.
      let multiple = greatest / frequency * frequency
      let states = [
        RANSState.lowerBound, RANSState.lowerBound / frequency * frequency &- 1, multiple, multiple - 1, greatest,
        UInt64.random(in: RANSState.lowerBound...greatest, using: &generator),
        UInt64.random(in: 1...(greatest / frequency), using: &generator) * frequency - 1,
      ]
      for state in states where Reciprocal.quotient(state, by: frequency, reciprocal: reciprocal) != state / frequency {
        wrong.append((state, frequency))
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }
}
