import Benchmarking
import Testing

struct RateSearchTests {
  private func run(_ rates: [Double], _ target: Double, tolerance: Double = 0) throws -> RateSearch.Outcome {
    try RateSearch.run(count: rates.count, target: .bpp(target), tolerance: tolerance) { .init(index: $0, bpp: rates[$0], psnr: 30) }
  }

  @Test func findsTheNearestOfEveryTarget() throws {
    let rates = (0..<100).map { Double($0 * $0) }
    for target in stride(from: -5.0, through: 10_000, by: 37) {
      let found = try run(rates, target)
      let nearest = rates.map { abs($0 - target) }.min()
      #expect(abs(found.best.bpp - target) == nearest && found.isMonotone && found.trials.count <= 7)
    }
  }

  @Test func aDentIsToldAndTheBestSeenIsTaken() throws {
    let found = try run([1, 2, 9, 5, 4, 6, 7], 4.5)
    #expect(found.trials.map(\.bpp) == [2, 9, 5] && !found.isMonotone)
    #expect(found.best.bpp == 5)
  }

  @Test func theToleranceEndsTheSearch() throws {
    let found = try run((0..<1000).map(Double.init), 500, tolerance: 1)
    #expect(found.trials.count == 1)
  }
}
