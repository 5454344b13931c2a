import Testing

@testable import Site

struct RateSavingTests {
  @Test func fewerBitsAreNegative() throws {
    // At equal rate the curve has about 2 dB more than the anchor at its points of the same rates.
    let better = try #require(RateSaving(Sample.results("a", number: 1, gain: 2), anchors: [Sample.anchor]))
    let worse = try #require(RateSaving(Sample.results("a", number: 1, gain: -4), anchors: [Sample.anchor]))
    #expect(better.anchor == "BPG" && (better.rate ?? 0) < -10 && (worse.rate ?? 0) > 10)
  }

  /// The anchor shifted by a constant factor of rate has that BD-rate exactly.
  @Test func aFactorOfRateIsTheBDRate() throws {
    var record = Sample.results("a", number: 1)
    record.points = Sample.anchor.points.map {
      .init(label: $0.label, values: $0.values.merging(["bpp_file": ($0.values["bpp_file"] ?? 0) * 1.25]) { $1 })
    }
    let saving = try #require(RateSaving(record, anchors: [Sample.anchor]))
    #expect(abs((saving.rate ?? 0) - 25) < 1e-9)
  }

  @Test func onlyTheOwnDataSetHasAnAnchor() {
    #expect(RateSaving(Sample.results("a", number: 1, dataset: "KODAK"), anchors: [Sample.anchor]) != nil)
    #expect(RateSaving(Sample.results("a", number: 1, dataset: "CLIC"), anchors: [Sample.anchor]) == nil)
    #expect(RateSaving(Sample.weights("w"), anchors: [Sample.anchor]) == nil)
  }

  @Test func onePointHasNoBDRateAndAReason() throws {
    let saving = try #require(RateSaving(Sample.results("a", number: 1, points: 1), anchors: [Sample.anchor]))
    #expect(saving.rate == nil && saving.problem?.contains("has 1 rate points") ?? false)
  }
}
