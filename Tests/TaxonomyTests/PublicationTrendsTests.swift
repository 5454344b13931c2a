import Taxonomy
import Testing

struct PublicationTrendsTests {
  /// Counted by hand from table 5.6.
  @Test func publicationsOfEachYear() throws {
    let trends = PublicationTrends(try Taxonomy.shipped())
    #expect(trends.years == [1985, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024])
    #expect(trends.publications == [1, 3, 4, 6, 7, 11, 7, 13, 9, 3])
    #expect(trends.counts.map { $0.reduce(0, +) } == [17, 21, 16, 22, 11])
    #expect(trends.count("Quantization", from: 2016, to: 2018) == 7 && trends.count("Nothing", from: 2016, to: 2018) == nil)
  }

  @Test func aRangeOfYears() throws {
    let trends = PublicationTrends(try Taxonomy.shipped(), years: 2017...2018)
    #expect(trends.years == [2017, 2018] && trends.publications == [4, 6])
  }

  /// Section 8.1 gives five numbers and claims growth for four categories; all of them agree with table 5.6.
  @Test func theClaimsOfTheThesis() throws {
    let taxonomy = try Taxonomy.shipped()
    let checks = taxonomy.claims.flatMap { $0.checks(PublicationTrends(taxonomy)) }
    #expect(checks.count == 9 && checks.filter { !$0.holds } == [])
    #expect(checks.prefix(5).map(\.claimed) == ["7", "3", "1", "5", "1"])
  }

  @Test func aWrongClaimIsFound() throws {
    let taxonomy = try Taxonomy.shipped()
    let claim = try #require(taxonomy.claims.first)
    // The claim of other years.
    let checks = claim.checks(PublicationTrends(taxonomy, years: 2020...2024))
    #expect(checks.filter(\.holds) == [] && checks.count == 5)
  }
}
