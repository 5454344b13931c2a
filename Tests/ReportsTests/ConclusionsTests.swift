import Results
import Testing

@testable import Reports

struct ConclusionsTests {
  private func pairs(_ list: [(Int, Int, Double, ClosedRange<Double>?)]) -> [PairwiseDeltas.Pair] {
    list.map { PairwiseDeltas.Pair(first: $0.0, second: $0.1, rate: $0.2, interval: $0.3) }
  }

  private func conclude(
    _ names: [String], _ list: [(Int, Int, Double, ClosedRange<Double>?)], images: Int = 24, trained: Set<String> = [],
    thesis: [ThesisTable] = []
  ) -> Conclusions {
    Conclusions(
      dataset: "kodak", metric: ComparisonMetric("psnr"),
      images: PairwiseDeltas(names: names, pairs: pairs(list), imageCount: images, draws: 2000), trained: trained, thesis: thesis)
  }

  @Test func aDifferenceIsClaimedWhereTheIntervalExcludesZero() {
    let found = conclude(["a", "b", "c"], [(0, 1, -5, -6 ... -4), (0, 2, 1, -1...3), (1, 2, 6, 4...8)])
    #expect(found.basis == .images(24, draws: 2000))
    #expect(
      found.statements.filter { $0.kind == .differs }.map(\.text) == [
        "a needs fewer bits than b (−5.0 %, −6.0 to −4.0).", "c needs fewer bits than b (−5.7 %, −7.4 to −3.8).",
      ])
    #expect(found.statements.filter { $0.kind == .undecided }.map(\.text) == ["Not told apart: a and c (+1.0 %, −1.0 to +3.0)."])
    #expect(found.paragraph.contains("3 curves were compared in 3 pairs over the same 24 images"))
  }

  @Test func anIntervalThatTouchesZeroDecidesNothing() {
    let found = conclude(["a", "b"], [(0, 1, -1, -2...0)])
    #expect(found.statements.contains { $0.text == "No two of them can be told apart." })
    #expect(!found.statements.contains { $0.kind == .differs })
  }

  @Test func aTotalOrderIsAChain() {
    let found = conclude(["a", "b", "c"], [(0, 1, 25, 20...30), (0, 2, 50, 40...60), (1, 2, 20, 15...25)])
    #expect(
      found.statements.contains {
        $0.text
          == "All of them differ. From the fewest bits to the most, with what the former needs against the latter: c, b (−16.7 %, −20.0 to −13.0), a (−20.0 %, −23.1 to −16.7)."
      }, "\(found.paragraph)")
  }

  @Test func manyAgainstOne() {
    let found = conclude(["a", "b", "c", "d"], [(0, 1, -5, -6 ... -4), (1, 2, -7, -9 ... -5), (1, 3, 2, 1...3)])
    #expect(
      found.statements.filter { $0.kind == .differs }.map(\.text) == [
        "Fewer bits than b need a and d.", "More bits than b needs c.",
      ])
  }

  @Test(arguments: [0, 1, 4])
  func tooFewImagesConcludeNothing(images: Int) {
    let found = conclude(["a", "b"], [(0, 1, -50, images > 1 ? -51 ... -49 : nil)], images: images)
    #expect(found.basis == .none && found.statements.map(\.kind) == [.nothing])
    #expect(found.paragraph.hasPrefix("Nothing can be concluded on kodak in PSNR"))
    #expect(found.paragraph.contains(images == 0 ? "neither several trainings" : "\(images) common image"))
  }

  @Test func curvesWithoutIntervalsConcludeNothing() {
    let found = conclude(["a", "b"], [(0, 1, -50, nil)])
    #expect(found.statements.map(\.kind) == [.nothing] && found.paragraph.contains("no pair of curves has a BD-rate with an interval"))
  }

  @Test(arguments: [[], ["a"]])
  func oneCurveIsNothingToCompare(names: [String]) {
    #expect(conclude(names, []).paragraph.contains("nothing to compare it with"))
  }

  @Test func oneTrainingIsNamed() {
    let list: [(Int, Int, Double, ClosedRange<Double>?)] = [(0, 1, -5, -6 ... -4)]
    #expect(!conclude(["a", "b"], list).paragraph.contains("training"))
    let found = conclude(["a", "b"], list, trained: ["a", "elsewhere"])
    #expect(found.paragraph.contains("a is of one training each. Another seed gives other weights"))
  }

  @Test func pairsWithoutAnIntervalAreNamed() {
    let found = conclude(["a", "b", "c"], [(0, 1, -5, -6 ... -4), (0, 2, 0, nil), (1, 2, 0, nil)])
    #expect(found.paragraph.contains("nothing is said of them: a and c; b and c."))
  }

  @Test func seedsCountWhereThereAreSome() {
    let deltas = SeedDeltas([("a", [10, 10.2, 9.9]), ("b", [20, 20.1, 20.3]), ("c", [10.1, 9.8, 10.3])])
    let found = Conclusions(dataset: "kodak", metric: ComparisonMetric("psnr"), seeds: deltas, anchor: "bpg444")
    #expect(found.basis == .seeds(3))
    #expect(found.paragraph.contains("a needs fewer bits than b (−10.1 points, "), "\(found.paragraph)")
    #expect(found.paragraph.contains("Not told apart: a and c"))
    #expect(found.paragraph.contains("(Bonferroni). They cover the chance of training, and not the choice of the images."))
  }

  @Test func oneSeedConcludesNothing() {
    let deltas = SeedDeltas([("a", [10]), ("b", [20]), ("c", [])])
    let found = Conclusions(dataset: "kodak", metric: ComparisonMetric("psnr"), seeds: deltas, anchor: "bpg444")
    #expect(found.basis == .none && found.paragraph.contains("no two variations have two trainings"))
    #expect(deltas.pairs.map(\.rate) == [-10, nil, nil])
  }

  @Test func theThesisStandsBesideIt() {
    let rows = [("fp_gdn", 41.67), ("fp_relu", 44.37), ("fp_1dn", 42.08)].map {
      ThesisTable.Row(variant: $0.0, printed: .init(rate: $0.1, quality: nil), recomputed: nil, measured: nil)
    }
    let table = ThesisTable(title: "Table 7.1", anchor: "bpg", measuredAnchor: "bpg", rows: rows)
    let found = conclude(
      ["fp_gdn", "fp_relu", "fp_onedn"], [(0, 1, -3, -4 ... -2), (0, 2, 1, 0.5...1.5), (1, 2, 4, -1...9)], thesis: [table])
    let words = found.statements.filter { $0.kind == .thesis }.map(\.text)
    #expect(words.count == 2 && words[0].contains("fp_gdn +41.67 %, fp_relu +44.37 % and fp_1dn +42.08 %"))
    #expect(
      words.last
        == "Here they stand in the same order as there: fp_gdn and fp_relu. And the other way round: fp_gdn and fp_onedn. And not told apart here: fp_relu and fp_onedn."
    )
  }

  @Test(
    arguments: [
      ("fp_gdn", "fp_gdn"), ("mshp_onedn", "msh_1dn"), ("msh_relu", "msh_relu"), ("FP_GSDN", "fp_gsdn"), ("fp_gdn_n192", nil),
      ("mshp_gsdn_s42", "msh_gsdn"), ("fp_gdn_small", nil), ("fp_gdn_s42_x", nil),
      ("jpeg", nil), ("fp_", nil), ("", nil), ("fp_gelu", nil),
    ] as [(String, String?)])
  func namesOfTheThesis(name: String, expected: String?) { #expect(ThesisTable.variant(name) == expected) }

  @Test func theTablesOfTheThesisAreThere() throws {
    let files = [Sample.file("anchor"), Sample.file("fp_gdn", factor: 1.4), Sample.file("mshp_relu", factor: 1.2)]
    let tables = try ThesisTable.tables(beside: try Sample.report(files).comparisons)
    #expect(tables.map(\.title) == ["Table 7.1", "Table 7.6"] && tables.map(\.rows.count) == [4, 4])
    let gdn = try #require(tables.first?.rows.first { $0.variant == "fp_gdn" })
    #expect(gdn.printed == ThesisTable.Deltas(rate: 41.67, quality: -1.35))
    #expect(abs(try #require(gdn.recomputed).rate - 41.67) < 30 && gdn.measured?.name == "fp_gdn")
    #expect(try ThesisTable.tables(beside: try Sample.report([Sample.file("a"), Sample.file("b")]).comparisons).isEmpty)
  }
}
