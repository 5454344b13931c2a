import Results
import Testing

@Suite struct TimingComparisonTests {
  private func point(_ name: String, _ seconds: [Double], rounds: [Int]? = nil, side: Int = 64) -> TimingPoint {
    var point = TimingPoint(variant: name, what: "codec", width: side, height: side, batchSize: 1, threads: 1)
    point.rounds = rounds ?? Array(seconds.indices)
    point.sessions = seconds.map { _ in 0 }
    point.encoding = TimingSeries(samples: seconds)
    point.decoding = TimingSeries(samples: seconds.reversed())
    return point
  }

  @Test func driftOfTheMachineCancels() throws {
    // Both become five times slower in the course of the rounds; the second is always 3 % slower.
    let drift = (0..<20).map { 1 + Double($0) * 0.2 }
    let one = point("a", drift)
    let other = point("b", drift.map { $0 * 1.03 })
    let comparison = try #require(TimingComparison(one, other, direction: .encoding, level: 0.95))
    #expect(comparison.verdict == .firstFaster)
    #expect(abs(comparison.ratio - 1 / 1.03) < 1e-9)
    // The intervals of the medians themselves overlap widely.
    let (mine, its) = (try #require(one.encoding?.summary.medianInterval), try #require(other.encoding?.summary.medianInterval))
    #expect(mine.upper > its.lower)
  }

  @Test func whatGoesBothWaysIsNotToldApart() throws {
    let noise = (0..<20).map { $0 % 2 == 0 ? 1.1 : 0.9 }
    let comparison = try #require(TimingComparison(point("a", noise), point("b", noise.reversed()), direction: .encoding, level: 0.95))
    #expect(comparison.verdict == .notToldApart)
  }

  @Test func onlyCommonRoundsCount() throws {
    let one = point("a", [1, 1, 1, 1, 1, 1, 9], rounds: [0, 1, 2, 3, 4, 5, 6])
    let other = point("b", [2, 2, 2, 2, 2, 2], rounds: [0, 1, 2, 3, 4, 5])
    let comparison = try #require(TimingComparison(one, other, direction: .encoding, level: 0.95))
    #expect(comparison.rounds == 6 && comparison.verdict == .firstFaster && comparison.ratio == 0.5)
    #expect(TimingComparison(one, point("c", [1], rounds: [40]), direction: .encoding, level: 0.95) == nil)
  }

  @Test func fewRoundsSayNothing() throws {
    let comparison = try #require(TimingComparison(point("a", [1, 1, 1]), point("b", [9, 9, 9]), direction: .decoding, level: 0.95))
    #expect(comparison.verdict == .tooFewRounds && comparison.interval == nil)
  }

  @Test func severalPairsNeedWiderIntervals() {
    // Six samples are enough for one pair and not for three.
    let points = ["a", "b", "c"].enumerated().map { point($1, Array(repeating: Double($0 + 1), count: 6)) }
    #expect(TimingComparison.all(Array(points.prefix(2))).allSatisfy { $0.verdict == .firstFaster })
    #expect(TimingComparison.all(points).allSatisfy { $0.verdict == .tooFewRounds })
    #expect(TimingComparison.all(points).count == 6)
  }

  @Test func groupsAndSizesAreKeptApart() {
    let points = [point("a", [1]), point("b", [1]), point("c", [1]), point("d", [1]), point("a", [1], side: 128)]
    let pairs = TimingComparison.all(points, groups: ["a": "small", "b": "small", "c": "large"]).filter { $0.direction == .encoding }
    #expect(pairs.map { $0.first + $0.second } == ["ab", "ad", "bd", "cd"])
  }

  @Test func theOrderingSaysItInWords() throws {
    let fast = [64, 128].map { point("fast", Array(repeating: 1, count: 10), side: $0) }
    let slow = [64, 128].map { point("slow", Array(repeating: 2, count: 10), side: $0) }
    let ordering = try #require(TimingOrdering.all(TimingComparison.all(fast + slow)).first)
    #expect(ordering.sentence == "fast is faster than slow at all 2 sizes")
    #expect(ordering.ratios == 0.5...0.5)
    let few = TimingOrdering.all(TimingComparison.all([point("x", [1]), point("y", [2])]))
    #expect(few.first?.sentence == "x and y: too few rounds to judge at all sizes")
    let mixed = TimingOrdering.all(TimingComparison.all(fast + [slow[0], point("slow", Array(repeating: 0.5, count: 10), side: 128)]))
    #expect(mixed.first?.sentence == "fast and slow, 2 sizes: fast is faster at 1, slow is faster at 1")
  }
}
