import Testing

@testable import Site

struct ModelGroupTests {
  @Test func whatBelongsTogetherIsOneGroup() throws {
    let records = [
      Sample.results("a", number: 1), Sample.results("a", number: 2, dataset: "CLIC"), Sample.weights("other name"), Sample.card("a card"),
      Sample.results("b", number: 3),
    ]
    let groups = ModelGroup.all(records)
    #expect(groups.map(\.name) == ["a", "b"])
    let group = try #require(groups.first)
    #expect(group.results.map(\.hash) == [Sample.hash(1002), Sample.hash(1001)], "the newest first")
    #expect(group.datasets == ["CLIC", "Kodak"] && group.weights.count == 1 && group.cards.count == 1)
    // The weights are behind both.
    #expect(groups[1].weights.count == 1 && groups[1].cards.count == 1)
  }

  @Test func weightsWithoutResultsHaveAPage() {
    let site = Site(
      {
        var contents = Sample.contents()
        contents.records = [Sample.weights("w"), Sample.card("c")]
        return contents
      }())
    #expect(site.groups.map(\.name) == ["w"] && site.paths.contains { $0.hasPrefix("models/w-") })
  }

  @Test func namesThatMakeOneWordHavePagesOfTheirOwn() {
    let names = ["a b", "a-b", "A B", "a/b"]
    var contents = Sample.contents()
    contents.records = names.enumerated().map { Sample.results($0.element, number: $0.offset) }
    let site = Site(contents)
    #expect(Set(names.compactMap { name in site.groups.first { $0.name == name }.flatMap { site.addresses.models[$0.id] } }).count == 4)
    #expect(Set(site.paths).count == site.paths.count)
  }
}
