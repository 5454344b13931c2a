import Taxonomy
import Testing

/// The numbers of the thesis' tables, written down a second time as they are printed: rows of numbers of its bibliography.
struct TaxonomyCountsTests {
  /// The rows of tables 5.1 to 5.5.
  static let rows: [(path: String, numbers: [Int])] = [
    ("Quantization/Vector Quantization", [1, 3, 26, 107, 10, 105]),
    ("Quantization/Scalar Quantization", [88, 33, 9, 13, 10, 74, 75, 43, 58, 77, 21, 85]),
    ("Architectural Archetypes/Hierarchical Transformer", [71, 108, 106, 69, 68, 51, 56, 62, 55, 23, 7, 64, 34]),
    ("Architectural Archetypes/Non-linearity", [11, 12, 52, 78]), ("Architectural Archetypes/Convolutional", [35, 29, 92, 70, 106]),
    ("Context Models/Sequential", [74, 75, 102, 56, 58, 34]),
    ("Context Models/Parallel Decoding/Channel and Spatial", [74, 75, 43, 36, 63, 70, 61]),
    ("Context Models/Parallel Decoding/Checkerboard", [43, 77, 35, 92, 95, 42, 51, 70]),
    ("Context Models/Parallel Decoding/Progressive Decoding", [75, 42]),
    ("Hierarchical Priors/Local Context Modeling", [13, 58, 74, 77, 71, 70, 41]),
    ("Hierarchical Priors/Global Context Modeling/Attention Based Models", [22, 62, 66, 65, 72, 77, 94, 93, 74, 71]),
    ("Hierarchical Priors/Global Context Modeling/Joint Priors", [74, 12, 13, 78, 36, 101, 104, 25, 56, 58, 45]),
    ("Variable Rate/Scaling Parameters/Direct", [28, 87, 53]), ("Variable Rate/Scaling Parameters/Conditional", [84, 26, 100, 83, 64]),
    ("Variable Rate/Residual Coding", [6, 60, 5]),
  ]

  /// The publications of table 5.6 in its order: number, year, sections.
  static let list: [(number: Int, year: Int, sections: String)] = [
    (53, 2024, "5.5"), (36, 2024, "5.4"), (95, 2024, "5.3"), (87, 2023, "5.5"), (41, 2023, "5.4"), (102, 2023, "5.3"), (63, 2023, "5.3"),
    (35, 2023, "5.3 5.2"), (92, 2023, "5.3 5.2"), (51, 2023, "5.3 5.2"), (68, 2023, "5.2"), (55, 2023, "5.2"), (28, 2022, "5.5"),
    (60, 2022, "5.5"), (70, 2022, "5.4 5.3 5.2"), (77, 2022, "5.4 5.1 5.3"), (94, 2022, "5.4"), (93, 2022, "5.4"), (78, 2022, "5.4 5.2"),
    (56, 2022, "5.4 5.3 5.2"), (105, 2022, "5.1"), (34, 2022, "5.3 5.2"), (42, 2022, "5.3"), (108, 2022, "5.2"), (106, 2022, "5.2"),
    (83, 2021, "5.5"), (22, 2021, "5.4"), (71, 2021, "5.4 5.2"), (33, 2021, "5.1"), (43, 2021, "5.1 5.3"), (69, 2021, "5.2"),
    (7, 2021, "5.2"), (100, 2020, "5.5"), (64, 2020, "5.5 5.2"), (6, 2020, "5.5"), (62, 2020, "5.4 5.2"), (101, 2020, "5.4"),
    (25, 2020, "5.4"), (45, 2020, "5.4"), (3, 2020, "5.1"), (10, 2020, "5.1"), (75, 2020, "5.1 5.3"), (61, 2020, "5.3"),
    (26, 2019, "5.5 5.1"), (5, 2019, "5.5"), (66, 2019, "5.4"), (72, 2019, "5.4"), (58, 2019, "5.4 5.1 5.3"), (23, 2019, "5.2"),
    (52, 2019, "5.2"), (74, 2018, "5.4 5.1 5.3"), (65, 2018, "5.4"), (13, 2018, "5.4 5.1"), (104, 2018, "5.4"), (88, 2018, "5.1"),
    (21, 2018, "5.1"), (12, 2017, "5.4 5.2"), (84, 2017, "5.5"), (1, 2017, "5.1"), (29, 2017, "5.2"), (9, 2016, "5.1"), (85, 2016, "5.1"),
    (11, 2016, "5.2"), (107, 1985, "5.1"),
  ]

  @Test func theRowsAreThoseOfTheTables() throws {
    let taxonomy = try Taxonomy.shipped()
    let found = taxonomy.nodes.filter { $0.tableRow != nil }
    #expect(Set(found.map(\.pathText)) == Set(Self.rows.map(\.path)) && found.count == 15)
    for (path, numbers) in Self.rows {
      let row = try #require(taxonomy.node(path: path)?.tableRow, "\(path)")
      #expect(row.compactMap { taxonomy.publication($0)?.reference } == numbers, "\(path)")
    }
  }

  @Test func theListIsThatOfTable56() throws {
    let publications = try Taxonomy.shipped().publications
    #expect(publications.map(\.reference) == Self.list.map { $0.number } && publications.count == 64)
    #expect(publications.map(\.year) == Self.list.map { $0.year })
    #expect(publications.map { $0.sections.joined(separator: " ") } == Self.list.map { $0.sections })
  }

  /// Tables 5.1 to 5.5 and table 5.6 have the same publications, but for one.
  @Test func theTablesAgreeButForOnePublication() throws {
    let taxonomy = try Taxonomy.shipped()
    var counts: [String: Int] = [:]
    for category in taxonomy.categories {
      let rows = Set(category.publications)
      let list = Set(taxonomy.publications(ofCategory: category).map(\.key))
      counts[category.name] = rows.count
      print(
        "\(category.name): \(rows.count) publications in table \(category.table ?? ""), \(list.count) in table 5.6, "
          + "\(category.leaves.count) leaves")
      let difference = rows.symmetricDifference(list)
      for key in difference.sorted() {
        for note in taxonomy.publication(key)?.notes ?? [] { print("  not equal for \(key): \(note)") }
      }
      #expect(difference == (category.name == "Context Models" ? ["fu2024learned"] : []), "\(category.name)")
    }
    #expect(
      counts == [
        "Quantization": 17, "Architectural Archetypes": 21, "Context Models": 17, "Hierarchical Priors": 22, "Variable Rate": 11,
      ])
    // The one is noted at both of its places.
    #expect(taxonomy.node(path: "Context Models")?.notes.contains { $0.contains("[36]") } ?? false)
    #expect(taxonomy.publication("fu2024learned")?.notes.contains { $0.contains("5.3") } ?? false)
  }

  @Test func theTreeIsThatOfTheHeadings() throws {
    let taxonomy = try Taxonomy.shipped()
    print("\(taxonomy.categories.count) categories, \(taxonomy.nodes.count) nodes, \(taxonomy.nodes.filter(\.isLeaf).count) leaves")
    #expect(taxonomy.categories.map(\.section) == ["5.1", "5.2", "5.3", "5.4", "5.5"])
    let numbered = taxonomy.nodes.filter { $0.heading == .numbered }.map { "\($0.section) \($0.name)" }
    #expect(
      numbered == [
        "5.1 Quantization", "5.1.1 Scalar Quantization", "5.1.2 Vector Quantization", "5.2 Architectural Archetypes",
        "5.2.1 Hierarchical Transformer", "5.2.2 Non-linearity", "5.2.3 Convolutional", "5.3 Context Models", "5.3.1 Sequential",
        "5.3.2 Parallel Decoding", "5.4 Hierarchical Priors", "5.4.1 Local Context Modeling", "5.4.2 Global Context Modeling",
        "5.5 Variable Rate", "5.5.1 Scaling Parameters", "5.5.2 Residual Coding",
      ])
    #expect(taxonomy.categories.map(\.leaves.count) == [7, 11, 7, 11, 3] && taxonomy.nodes.filter(\.isLeaf).count == 39)
  }

  /// What a table lists and no paragraph describes, or the other way round, is noted where it stands.
  @Test func whatTextAndTablesDoNotShareIsNoted() throws {
    let taxonomy = try Taxonomy.shipped()
    for category in taxonomy.categories {
      let rows = Set(category.all.flatMap { $0.tableRow ?? [] })
      let text = Set(category.all.flatMap(\.namedInText))
      for key in rows.symmetricDifference(text) {
        let number = "[\(taxonomy.publication(key)?.reference ?? 0)]"
        let notes = category.all.flatMap(\.notes) + (taxonomy.publication(key)?.notes ?? [])
        #expect(notes.contains { $0.contains(number) }, "\(category.name): \(key) \(number)")
      }
    }
  }
}
