import Results
import SchemaChecking
import Taxonomy
import Testing

struct TaxonomyFileTests {
  @Test func fitsItsSchema() throws {
    #expect(try TaxonomyFiles.schema().problems(with: TaxonomyFiles.taxonomy) == [])
    #expect(try TaxonomyFiles.schema(definition: "bibliography").problems(with: TaxonomyFiles.bibliography) == [])
  }

  @Test(arguments: [
    (["schema"], JSONValue.string("x"), "$.schema: not the constant"), (["categories"], .array([]), "$.categories: fewer than 1 items"),
    (["source", "year"], .string("2025"), "$.source.year: wrong type"),
    (["source", "pages"], .integer(1), "$.source: 'pages' is not allowed"),
    (["claims"], .array([.object(["section": .string("8.1"), "from": .integer(2016)])]), "$.claims[0]: 'to' is missing"),
    (
      ["publications"],
      .array([
        .object([
          "key": .string("a"), "type": .string("book"), "title": .string("b"), "authors": .array([.string("c")]), "year": .integer(2000),
        ])
      ]), "$.publications[0].type: not one of the choices"
    ),
  ])
  func schemaRefuses(path: [String], value: JSONValue, problem: String) throws {
    func setting(_ path: ArraySlice<String>, in json: JSONValue) -> JSONValue {
      guard let key = path.first, case .object(var keys) = json else { return value }
      keys[key] = setting(path.dropFirst(), in: keys[key] ?? .null)
      return .object(keys)
    }
    #expect(try TaxonomyFiles.schema().problems(with: setting(path[...], in: TaxonomyFiles.taxonomy)) == [problem])
  }

  @Test func everyKeyMeansAPublication() throws {
    let taxonomy = try Taxonomy.shipped()
    let keys = taxonomy.publications.map(\.key)
    #expect(Set(keys).count == keys.count)
    for node in taxonomy.nodes {
      for key in (node.tableRow ?? []) + node.namedInText { #expect(keys.contains(key), "\(node.pathText): \(key)") }
      #expect(Set(node.namedInText).count == node.namedInText.count && Set(node.tableRow ?? []).count == (node.tableRow ?? []).count)
    }
    for publication in taxonomy.publications {
      for relation in publication.relations {
        let other = try #require(taxonomy.publication(relation.of), "\(publication.key): \(relation.of)")
        // What is built upon is not newer, unless a note says that it is.
        #expect(other.key != publication.key, "\(publication.key)")
        #expect((other.year > publication.year) == (relation.note?.contains("newer") ?? false), "\(publication.key) \(relation.of)")
        #expect(taxonomy.category(ofSection: relation.section) != nil, "\(relation.section)")
      }
    }
  }

  @Test func everyPublicationHasAPlace() throws {
    let taxonomy = try Taxonomy.shipped()
    let sections = taxonomy.categories.map(\.section)
    for publication in taxonomy.publications {
      #expect(!publication.sections.isEmpty && publication.sections.allSatisfy(sections.contains), "\(publication.key)")
      #expect(Set(publication.sections).count == publication.sections.count && publication.reference != nil, "\(publication.key)")
      #expect(!taxonomy.nodes(ofPublication: publication.key).isEmpty, "\(publication.key)")
      #expect(!publication.title.contains("- ") && publication.title.first?.isUppercase ?? false, "\(publication.title)")
      for author in publication.authors { #expect(author.split(separator: ",").count == 2 && !author.contains(" and "), "\(author)") }
    }
    #expect(Set(taxonomy.publications.compactMap(\.reference)).count == taxonomy.publications.count)
  }

  @Test func pathsAreUniqueAndSectionsNest() throws {
    let taxonomy = try Taxonomy.shipped()
    let paths = taxonomy.nodes.map(\.pathText)
    #expect(Set(paths).count == paths.count)
    for node in taxonomy.nodes {
      #expect(node.summary.hasSuffix(".") && !node.name.contains("/"), "\(node.pathText)")
      for child in node.children { #expect(child.section.hasPrefix(node.section), "\(child.pathText)") }
      #expect((node.table != nil) == (node.path.count == 1), "\(node.pathText)")
    }
  }

  /// A publication beside the taxonomy would be in two places if the taxonomy listed it.
  @Test func theBibliographyHasOthers() throws {
    let bibliography = try Bibliography.shipped()
    let keys = bibliography.all.map(\.key)
    #expect(Set(keys).count == keys.count && !bibliography.others.isEmpty)
    #expect(Set(bibliography.all.map { $0.title.lowercased() }).count == keys.count)
    #expect(bibliography.others.allSatisfy { $0.sections.isEmpty })
  }

  @Test(arguments: ["", "{}", "{\"schema\": 1}"])
  func whatIsNoTaxonomyIsRefused(text: String) {
    #expect(throws: TaxonomyError.self) { try Taxonomy(json: Array(text.utf8), name: "a.json") }
  }
}
