import Testing

@testable import Results

@Suite struct MedianIntervalTests {
  /// Places and coverages of the binomial distribution, worked out by hand: 1 − 2·Σ C(n, i) / 2ⁿ.
  static let places: [(Int, Double, Double, Double)] = [
    (6, 1, 6, 1 - 2 / 64), (7, 1, 7, 1 - 2 / 128), (8, 1, 8, 1 - 2 / 256), (9, 2, 8, 1 - 20 / 512), (10, 2, 9, 1 - 22 / 1024),
    (12, 3, 10, 1 - 158 / 4096),
  ]

  @Test(arguments: places)
  func betweenOrderStatistics(_ count: Int, _ lower: Double, _ upper: Double, _ coverage: Double) throws {
    // The order of the samples does not matter.
    let samples = (1...count).map(Double.init).reversed()
    let interval = try #require(MedianInterval(Array(samples)))
    #expect(interval.lower == lower && interval.upper == upper)
    #expect(abs(interval.coverage - coverage) < 1e-12)
  }

  @Test func fiftySamplesGiveTheTabulatedPlaces() throws {
    let interval = try #require(MedianInterval((1...50).map(Double.init)))
    // The 18th and the 33rd of 50 at 96.7 %, as tables of the sign test have it.
    #expect(interval.lower == 18 && interval.upper == 33)
    #expect(abs(interval.coverage - 0.9672) < 5e-5)
  }

  @Test func tooFewGiveNone() {
    #expect(MedianInterval([1, 2, 3, 4, 5]) == nil)
    #expect(MedianInterval([]) == nil)
    #expect(MedianInterval((0..<7).map(Double.init), level: 0.99) == nil)
    #expect(MedianInterval((0..<8).map(Double.init), level: 0.99) != nil)
  }

  @Test func manySamplesDoNotUnderflow() throws {
    let interval = try #require(MedianInterval((0..<5000).map(Double.init)))
    #expect((0.95..<0.96).contains(interval.coverage))
    #expect(abs(interval.lower - 2430) < 5 && interval.upper == 4999 - interval.lower)
  }

  @Test func itHoldsTheMedianAsOftenAsItSays() throws {
    // Of a skewed distribution whose median is ln 2.
    var random = SplitMix64(seed: 11)
    var held = 0
    let trials = 2000
    for _ in 0..<trials {
      let samples = (0..<15).map { _ in -logarithm(1 - Double.random(in: 0..<1, using: &random)) }
      let interval = try #require(MedianInterval(samples))
      if interval.lower <= 0.693147180559945, 0.693147180559945 <= interval.upper { held += 1 }
    }
    // Four samples in from each end of 15: 96.48 %; three standard deviations are 1.2 %.
    #expect(abs(Double(held) / Double(trials) - 0.9648) < 0.013)
  }

  private func logarithm(_ value: Double) -> Double {
    // ln by its series around the nearest power of two, so that the test needs no library.
    let exponent = value.exponent
    let y = (value.significand - 1) / (value.significand + 1)
    var (term, sum) = (y, 0.0)
    for n in stride(from: 1, through: 61, by: 2) {
      sum += term / Double(n)
      term *= y * y
    }
    return 2 * sum + Double(exponent) * 0.693147180559945309
  }
}
