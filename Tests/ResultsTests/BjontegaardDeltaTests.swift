import Results
import Testing

@Suite struct BjontegaardDeltaTests {
  typealias Row = BjontegaardReferences.Row

  /// Half of the last digit of the references, and a little for how they were rounded.
  static let percent = 0.0051
  static let decibels = 0.00051

  static func check(_ test: RateQualityCurve, _ row: Row) throws {
    for (anchorName, expected) in [("bpg_444_x265_ycbcr", row.againstBPG), ("vtm", row.againstVTM)] {
      let anchor = try Fixtures.curve(anchorName)
      for (interpolation, value) in zip(BjontegaardDelta.Interpolation.allCases, expected) {
        let delta = try BjontegaardDelta.rate(of: test, against: anchor, interpolation: interpolation)
        #expect(
          abs(delta.value - value) < percent, "\(row.name) against \(anchorName), \(interpolation): \(delta.value), expected \(value)")
      }
    }
    let delta = try BjontegaardDelta.quality(of: test, against: try Fixtures.curve("bpg_444_x265_ycbcr"))
    #expect(abs(delta.value - row.psnrAgainstBPG) < decibels, "\(row.name): \(delta.value) dB, expected \(row.psnrAgainstBPG)")
  }

  @Test(arguments: BjontegaardReferences.published)
  func agreesWithPublishedCurves(_ row: Row) throws {
    try Self.check(try Fixtures.curve(row.name), row)
  }

  @Test(arguments: BjontegaardReferences.thesis)
  func agreesWithTheThesisTables(_ row: Row) throws {
    let points = try #require(BjontegaardReferences.thesisPoints[row.name])
    try Self.check(try RateQualityCurve(name: row.name, rates: points.rates, qualities: points.qualities), row)
  }

  @Test(arguments: BjontegaardReferences.fiveLowest)
  func agreesOnFivePoints(_ row: (name: String, rate: Double, quality: Double)) throws {
    let test = try Fixtures.curve(row.name, first: 5)
    let anchor = try Fixtures.curve("bpg_444_x265_ycbcr")
    #expect(abs(try BjontegaardDelta.rate(of: test, against: anchor).value - row.rate) < Self.percent)
    #expect(abs(try BjontegaardDelta.quality(of: test, against: anchor).value - row.quality) < Self.decibels)
  }

  @Test(arguments: BjontegaardReferences.msSSIM)
  func agreesOnMSSSIM(_ row: (name: String, rate: Double)) throws {
    let delta = try BjontegaardDelta.rate(
      of: try Fixtures.curve(row.name, .msSSIM), against: try Fixtures.curve("bpg_444_x265_ycbcr", .msSSIM))
    #expect(abs(delta.value - row.rate) < Self.percent, "\(row.name): \(delta.value)")
  }

  @Test(arguments: BjontegaardDelta.Interpolation.allCases)
  func knownAnswers(_ interpolation: BjontegaardDelta.Interpolation) throws {
    // Twice the rate everywhere is 100 percent; along 10 dB a decade it is −10·log10(2) dB.
    let anchor = try RateQualityCurve(name: "a", rates: [1, 10, 100, 1000], qualities: [20, 30, 40, 50])
    let test = try RateQualityCurve(name: "t", rates: [200, 2, 2000, 20], qualities: [40, 20, 50, 30])
    let rate = try BjontegaardDelta.rate(of: test, against: anchor, interpolation: interpolation)
    #expect(abs(rate.value - 100) < 1e-9)
    #expect(rate.overlap == 20...50)
    #expect(rate.interpolation == interpolation)
    let quality = try BjontegaardDelta.quality(of: test, against: anchor, interpolation: interpolation)
    #expect(abs(quality.value + 3.010299956639812) < 1e-9)
    #expect(abs(quality.overlap.lowerBound - 2) < 1e-9)
    #expect(abs(quality.overlap.upperBound - 1000) < 1e-9)
  }

  @Test func rateDeltasMirror() throws {
    let (a, b) = (try Fixtures.curve("vtm"), try Fixtures.curve("hm"))
    let forward = 1 + (try BjontegaardDelta.rate(of: a, against: b).value) / 100
    let backward = 1 + (try BjontegaardDelta.rate(of: b, against: a).value) / 100
    #expect(abs(forward * backward - 1) < 1e-12)
  }
}
