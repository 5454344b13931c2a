import Taxonomy
import Testing

struct PublicationQueryTests {
  @Test(
    arguments: [
      ("2020..2023", 2020...2023), ("2020", 2020...2020), ("2020..", 2020...9999), ("..2016", 0...2016), ("..", nil), ("", nil),
      ("20", nil),
      ("2023..2020", nil), ("2020-2023", nil), ("2020..x", nil), ("1..2", nil),
    ] as [(String, ClosedRange<Int>?)])
  func years(text: String, years: ClosedRange<Int>?) { #expect(PublicationQuery.years(text) == years) }

  private func keys(_ change: (inout PublicationQuery) throws -> Void) throws -> [String] {
    var query = PublicationQuery()
    try change(&query)
    return try Taxonomy.shipped().publications(query).map(\.key)
  }

  @Test func filtersAreJoined() throws {
    #expect(try keys { _ in }.count == 64)
    let parallel = try Taxonomy.shipped().find("parallel decoding")
    #expect(try keys { $0.node = parallel }.count == 13)
    #expect(
      try keys {
        $0.node = parallel
        $0.years = 2023...2023
        $0.author = "fu"
      } == ["fu2023fast", "wang2023dynamic"])
    #expect(try keys { $0.author = "balle" }.count == 7 && keys { $0.author = "Ballé" }.count == 7)
    #expect(try keys { $0.search = "CHECKERBOARD context" } == ["fu2023fast", "he2021checkerboard"])
    #expect(try keys { $0.search = "ieee access" } == ["li2022variable"])
    #expect(try keys { $0.search = "nothing like it" }.isEmpty)
  }

  @Test func orders() throws {
    let years = try Taxonomy.shipped().publications(PublicationQuery()).map(\.year)
    #expect(years == years.sorted(by: >))
    for order in PublicationQuery.Order.allCases { #expect(try Set(keys { $0.order = order }).count == 64) }
    #expect(try keys { $0.order = .title }.first == "wang2022ada" && keys { $0.order = .author }.first == "agustsson2017soft")
    #expect(try keys { $0.order = .reference }.first == "agustsson2017soft" && keys { $0.order = .reference }.last == "zou2022devil")
    #expect(try keys { $0.order = .key } == keys { $0.order = .key }.sorted())
  }
}
