import Results
import Testing

@Suite struct BjontegaardErrorTests {
  static func curve(_ name: String, _ points: [(Double, Double)]) throws -> RateQualityCurve {
    try RateQualityCurve(name: name, rates: points.map(\.0), qualities: points.map(\.1))
  }

  @Test(arguments: [BjontegaardDelta.Interpolation.akima, .cubic])
  func threePointsAreTooFew(_ interpolation: BjontegaardDelta.Interpolation) throws {
    let three = try Self.curve("three", [(1, 20), (2, 22), (3, 24)])
    #expect(throws: BjontegaardError.tooFewPoints(curve: "three", count: 3, needed: 4, interpolation: interpolation)) {
      try BjontegaardDelta.rate(of: three, against: three, interpolation: interpolation)
    }
    #expect(try BjontegaardDelta.rate(of: three, against: three).value == 0)
  }

  @Test func onePointIsTooFewForAll() throws {
    let one = try Self.curve("one", [(1, 20)])
    #expect(throws: BjontegaardError.self) { try BjontegaardDelta.quality(of: one, against: one) }
  }

  @Test func qualityMustRise() throws {
    let dented = try Self.curve("d", [(3, 25), (1, 20), (2, 26)])
    let expected = BjontegaardError.notMonotonic(curve: "d", lower: .init(rate: 2, quality: 26), upper: .init(rate: 3, quality: 25))
    #expect(throws: expected) { try BjontegaardDelta.rate(of: dented, against: dented) }
    let (kept, dropped) = dented.withoutDominatedPoints()
    #expect(kept.points == [.init(rate: 1, quality: 20), .init(rate: 2, quality: 26)])
    #expect(dropped == [.init(rate: 3, quality: 25)])
    #expect(try BjontegaardDelta.rate(of: kept, against: kept).value == 0)
  }

  @Test func equalRatesAreRefused() throws {
    let twice = try Self.curve("t", [(1, 20), (1, 21), (2, 22)])
    #expect(throws: BjontegaardError.self) { try BjontegaardDelta.rate(of: twice, against: twice) }
    #expect(twice.withoutDominatedPoints().dropped.isEmpty == false)
  }

  @Test func curvesMustOverlap() throws {
    let low = try Self.curve("low", [(1, 20), (2, 25)])
    let high = try Self.curve("high", [(1, 25), (2, 30)])
    #expect(throws: BjontegaardError.noOverlap(test: "low", testRange: 20...25, anchor: "high", anchorRange: 25...30, unit: "dB")) {
      try BjontegaardDelta.rate(of: low, against: high)
    }
    #expect(throws: Never.self) { try BjontegaardDelta.quality(of: low, against: high) }
  }

  @Test(arguments: [(0.0, 30.0), (-1, 30), (.nan, 30), (.infinity, 30), (1, .infinity), (1, .nan)])
  func badPointsAreRefused(_ rate: Double, _ quality: Double) {
    #expect(throws: BjontegaardError.self) { try RateQualityCurve(name: "c", rates: [rate], qualities: [quality]) }
  }

  static let messages: [(BjontegaardError, String)] = [
    (.differentCounts(curve: "c", rates: 3, qualities: 2), "curve 'c' has 3 rates and 2 qualities; each rate point needs both"),
    (
      .badPoint(curve: "c", rate: 0, quality: 30),
      "curve 'c' has a point with rate 0.0 and quality 30.0; rates must be above 0 and both finite"
    ),
    (
      .tooFewPoints(curve: "c", count: 3, needed: 4, interpolation: .cubic),
      "curve 'c' has 3 rate points, but cubic needs at least 4; measure more"
    ),
    (
      .notMonotonic(curve: "c", lower: .init(rate: 1, quality: 30), upper: .init(rate: 2, quality: 29)),
      "quality of curve 'c' does not rise from 30.0 dB at rate 1.0 to 29.0 dB at rate 2.0; measure again, or leave one of the two out and say so"
    ),
    (
      .noOverlap(test: "t", testRange: 1...2, anchor: "a", anchorRange: 3...4, unit: "bpp"),
      "curves 't' (1.0 to 2.0 bpp) and 'a' (3.0 to 4.0 bpp) have no range in common; measure further rate points"
    ),
  ]

  @Test(arguments: messages)
  func saysWhatIsWrong(_ error: BjontegaardError, _ message: String) {
    #expect(error.description == message)
  }
}
