import Results
import Testing

@Suite struct SampleSummaryTests {
  @Test func knownNumbers() throws {
    let summary = try #require(SampleSummary([4, 1, 3, 2, 10]))
    #expect(summary.count == 5 && summary.median == 3 && summary.mean == 4 && summary.minimum == 1 && summary.maximum == 10)
    #expect(abs((summary.standardDeviation ?? 0) - 12.5.squareRoot()) < 1e-12)
    #expect(abs(summary.p5 - 1.2) < 1e-12 && abs(summary.p95 - 8.8) < 1e-12)
    #expect(summary.medianInterval == nil)
  }

  @Test func oneSampleHasNoSpread() throws {
    let summary = try #require(SampleSummary([2]))
    #expect(summary.median == 2 && summary.p95 == 2 && summary.standardDeviation == nil)
    #expect(SampleSummary([]) == nil)
  }

  @Test func anOutlierIsKeptAndMovesTheMeanAlone() throws {
    let summary = try #require(SampleSummary(Array(repeating: 1.0, count: 9) + [101]))
    #expect(summary.median == 1 && summary.mean == 11 && summary.maximum == 101)
  }
}
