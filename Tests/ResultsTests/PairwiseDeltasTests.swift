import Foundation
import Testing

@testable import Results

struct PairwiseDeltasTests {
  private static let options = {
    var options = CurveComparison.Options()
    options.draws = 300
    return options
  }()

  private func compared(_ curves: [MeasuredCurve]) -> PairwiseDeltas { PairwiseDeltas(curves, Self.options) }

  /// A curve whose images each need `factor` times the bits, with noise of a regular pattern.
  private func curve(_ name: String, factor: Double, noise: Double = 0.02, images: Int = 12, points: Int = 5) -> MeasuredCurve {
    let list = (0..<points).map { point -> MeasuredCurve.Point in
      let rows = (0..<images).map { image -> MeasuredCurve.Image in
        let own = 1 + noise * Double((image * 5 + Int(factor * 1000) * (image + 1)) % 7 - 3)
        let rate = factor * own * (1 + 0.2 * Double(image % 3)) * Double(1 << point) * 0.1
        return MeasuredCurve.Image(name: "i\(image)", values: ["bpp": rate, "bpp_file": rate, "psnr": 26 + 3 * Double(point)])
      }
      let mean = rows.reduce(0) { $0 + ($1.values["bpp"] ?? 0) } / Double(max(images, 1))
      return MeasuredCurve.Point(
        label: "\(point)", values: ["bpp": images > 0 ? mean : factor * Double(1 << point), "psnr": 26 + 3 * Double(point)],
        images: rows, chroma: nil)
    }
    return MeasuredCurve(name: name, description: "", place: name, rateKind: .payload, points: list, stated: nil)
  }

  @Test func allPairsOnce() {
    let deltas = compared([curve("a", factor: 1), curve("b", factor: 1.1), curve("c", factor: 2)])
    #expect(deltas.pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
    #expect(deltas.imageCount == 12 && deltas.draws == 300 && deltas.names == ["a", "b", "c"])
  }

  @Test func pairsOfOneCurve() {
    let curves = (0..<4).map { curve("\($0)", factor: 1 + Double($0)) }
    let deltas = PairwiseDeltas(curves, Self.options, center: 1)
    #expect(deltas.pairs.map { [$0.first, $0.second] } == [[0, 1], [1, 2], [1, 3]])
    #expect(deltas.pairs.map(\.verdict) == [.firstNeedsLess, .firstNeedsLess, .firstNeedsLess])
  }

  @Test func ratesAreThoseOfTheComparison() throws {
    let (one, other) = (curve("a", factor: 1), curve("b", factor: 1.3))
    let pair = try #require(compared([one, other]).pairs.first)
    let row = CurveComparison(one, against: other, Self.options)
    #expect(abs(try #require(pair.rate) - (try #require(row.rate))) < 1e-9)
    let (mine, its) = (try #require(pair.interval), try #require(row.interval))
    // One pair: about the interval by itself, which is not symmetric and not widened for few images.
    #expect(abs((mine.upperBound - mine.lowerBound) / (its.upperBound - its.lowerBound) - 1) < 0.3)
  }

  @Test func morePairsWidenTheIntervals() throws {
    let curves = (0..<6).map { curve("c\($0)", factor: 1 + 0.013 * Double($0)) }
    let alone = try #require(compared(Array(curves.prefix(2))).pairs.first?.interval)
    let among = try #require(compared(curves).pairs.first?.interval)
    #expect(among.upperBound - among.lowerBound > 1.2 * (alone.upperBound - alone.lowerBound))
  }

  @Test func equalCurvesAreNotToldApart() {
    let deltas = compared([curve("a", factor: 1), curve("b", factor: 1)])
    #expect(deltas.pairs.map(\.verdict) == [.notToldApart])
  }

  @Test func farCurvesAre() {
    let deltas = compared([curve("a", factor: 2), curve("b", factor: 1)])
    #expect(deltas.pairs.map(\.verdict) == [.secondNeedsLess])
  }

  @Test(arguments: [0, 1])
  func withoutImagesThereIsNoInterval(images: Int) {
    let deltas = compared([curve("a", factor: 2, images: images), curve("b", factor: 1, images: images)])
    #expect(deltas.pairs.map(\.verdict) == [.unknown] && deltas.pairs[0].rate != nil && deltas.pairs[0].interval == nil)
  }

  @Test func onePointHasNoDelta() {
    let deltas = compared([curve("a", factor: 2, points: 1), curve("b", factor: 1)])
    #expect(deltas.pairs == [PairwiseDeltas.Pair(first: 0, second: 1, rate: nil, interval: nil)])
  }

  @Test(arguments: [0, 1])
  func fewCurvesHaveNoPairs(count: Int) {
    #expect(compared((0..<count).map { curve("\($0)", factor: 1) }).pairs.isEmpty)
  }

  /// 95 of 100 sets of intervals cover all true values, here 0: curves that differ by chance alone.
  @Test func theIntervalsHoldTogether() {
    var (held, random) = (0, SplitMix64(seed: 5))
    var options = CurveComparison.Options()
    options.draws = 100
    let rounds = 40
    for _ in 0..<rounds {
      let curves = (0..<4).map { number -> MeasuredCurve in
        let own = (0..<12).map { _ in exp2(Double.random(in: -0.2...0.2, using: &random)) }
        let points = (0..<4).map { point in
          MeasuredCurve.Point(
            label: "\(point)", values: ["bpp": 1, "psnr": 1],
            images: own.enumerated().map { image, factor in
              let rate = factor * Double(1 << point)
              return MeasuredCurve.Image(name: "\(image)", values: ["bpp": rate, "bpp_file": rate, "psnr": 3 * Double(point)])
            }, chroma: nil)
        }
        return MeasuredCurve(name: "\(number)", description: "", place: "", rateKind: .payload, points: points, stated: nil)
      }
      if PairwiseDeltas(curves, options).pairs.allSatisfy({ $0.verdict == .notToldApart }) { held += 1 }
    }
    // 38 are expected; fewer than 34 have a probability of one in sixty, and the draws are the same each time.
    #expect(held >= 34, "\(held) of \(rounds)")
  }
}

struct StudentTQuantileTests {
  /// From tables (Abramowitz and Stegun, table 26.10).
  @Test(
    arguments: [
      (0.975, 1, 12.7062047), (0.975, 2, 4.30265273), (0.975, 10, 2.22813885), (0.975, 23, 2.06865761), (0.995, 4, 4.60409487),
      (0.9995, 3, 12.9239786), (0.95, 30, 1.69726089), (0.975, 100_000, 1.9599876),
    ] as [(Double, Double, Double)])
  func quantiles(probability: Double, degrees: Double, expected: Double) {
    #expect(abs(StudentT.quantile(probability, degreesOfFreedom: degrees) / expected - 1) < 1e-6)
  }

  @Test func itAgreesWithTheExpansion() {
    for degrees in 5...60 {
      let (one, other) = (
        StudentT.quantile(0.975, degreesOfFreedom: Double(degrees)), StudentT.quantile975(degreesOfFreedom: degrees)
      )
      #expect(abs(one / other - 1) < 2e-4)
    }
  }

  @Test(arguments: [(0.5, 3.0), (1.0, 3.0), (0.9, 0.0), (0.9, -1.0)])
  func whatHasNone(probability: Double, degrees: Double) {
    #expect(StudentT.quantile(probability, degreesOfFreedom: degrees) == .infinity)
  }
}
