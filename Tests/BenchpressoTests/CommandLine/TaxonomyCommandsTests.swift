import Benchpresso
import Foundation
import Registry
import Taxonomy
import Testing

/// `taxonomy` and `papers`, which need no libtorch.
struct TaxonomyCommandsTests {
  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(arguments, in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    #expect(result.status == 0, "\(result)")
    return result
  }

  private func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

  @Test func theTreeHasEveryPart() throws {
    let folder = try TestFolder()
    let text = try run(["taxonomy"], in: folder).output
    for node in try Taxonomy.shipped().nodes { #expect(text.contains("\(node.name)  \(node.publications.count)\n"), "\(node.pathText)") }
    #expect(text.contains("\n5 categories, 39 leaves, 64 publications\n"))
    #expect(try run(["taxonomy", "tree"], in: folder).output == text)
    let shallow = try run(["taxonomy", "--depth", "1"], in: folder).output
    #expect(
      shallow.hasPrefix(
        "Quantization  17\nArchitectural Archetypes  21\nContext Models  17\nHierarchical Priors  22\nVariable Rate  11\n\n"))
    let tree = try json(run(["taxonomy", "--depth", "2", "--format", "json"], in: folder).output) as? [[String: Any]]
    #expect(tree?.count == 5 && (tree?[0]["children"] as? [[String: Any]])?.compactMap { $0["name"] as? String }.count == 2)
  }

  @Test(arguments: ["Context Models/Parallel Decoding/Checkerboard", "checkerboard", "CCM"])
  func aPartIsShown(name: String) throws {
    let folder = try TestFolder()
    let text = try run(["taxonomy", "show", name], in: folder).output
    #expect(text.hasPrefix("Context Models/Parallel Decoding/Checkerboard\n") && text.contains("Publications of the table (8)"))
    #expect(text.contains("jiang2023mlic addresses a limit of he2021checkerboard"))
    let shown = try #require(try json(run(["taxonomy", "show", name, "--format", "json"], in: folder).output) as? [String: Any])
    #expect((shown["in_table"] as? [Any])?.count == 8 && shown["section"] as? String == "5.3.2")
  }

  @Test func contradictionsAndComponentsAreShown() throws {
    let folder = try TestFolder()
    let text = try run(["taxonomy", "show", "context models"], in: folder).output
    #expect(text.contains("models.JointAutoregressiveHyperprior") && text.contains("Where the source disagrees with itself"))
    #expect(try run(["taxonomy", "show", "GDN"], in: folder).output.contains("\nComponents\n  nonlinearity.GDN"))
    #expect(try run(["papers", "show", "36"], in: folder).output.contains("Where the source disagrees with itself"))
  }

  @Test func trendsInEveryForm() throws {
    let folder = try TestFolder()
    let table = try run(["taxonomy", "trends"], in: folder).output
    #expect(table.contains("section 8.1, 2016–2018, Quantization: 7 claimed, 7 counted") && !table.contains("disagree"))
    let lines = try run(["taxonomy", "trends", "--format", "csv"], in: folder).output.split(separator: "\n")
    #expect(lines.first == "category,1985,2016,2017,2018,2019,2020,2021,2022,2023,2024,all" && lines.count == 7)
    #expect(lines.last == "publications,1,3,4,6,7,11,7,13,9,3,64")
    #expect(try run(["taxonomy", "trends", "--format", "markdown"], in: folder).output.hasPrefix("| category "))
    let report = try json(run(["taxonomy", "trends", "--year", "2016..2018", "--format", "json"], in: folder).output) as? [String: Any]
    #expect(report?["years"] as? [Int] == [2016, 2017, 2018] && (report?["claims"] as? [Any])?.count == 9)
  }

  @Test func trendsAsAPicture() throws {
    let folder = try TestFolder()
    let result = try run(["taxonomy", "trends", "--plot", "a.svg"], in: folder)
    let svg = String(decoding: try folder.bytes("a.svg"), as: UTF8.self)
    #expect(result.messages == "wrote a.svg\n" && svg.contains(">Context Models<") && svg.contains(">2024<"))
    var command = Command(["taxonomy", "trends", "--plot", "a.gif"], in: folder)
    command.program = try folder.lonelyProgram()
    let wrong = try command.run()
    #expect(wrong.status == 2 && wrong.messages.contains("--plot a.gif: the file's name must end in .svg, .png or .pdf"), "\(wrong)")
  }

  @Test func coverageCountsWhatThereIs() throws {
    let folder = try TestFolder()
    let text = try run(["taxonomy", "coverage"], in: folder)
    #expect(text.output.contains("Generalized Divisive Normalization  nonlinearity.GDN\n") && text.messages.contains("leaves can be run"))
    let missing = try run(["taxonomy", "coverage", "--missing"], in: folder).output.split(separator: "\n").map(String.init)
    let covered = Set(BuiltIn.entries.flatMap(\.leaves))
    let expected = try Taxonomy.shipped().nodes.filter { $0.isLeaf && !covered.contains($0.pathText) }.map(\.pathText)
    #expect(missing == expected)
    let report = try json(run(["taxonomy", "coverage", "--format", "json"], in: folder).output) as? [String: Any]
    #expect(report?["leaf_count"] as? Int == 39 && report?["covered_count"] as? Int == 39 - expected.count)
    // Each leaf says which components it has, or that there is none yet.
    let lines = text.output.split(separator: "\n")
    for leaf in try Taxonomy.shipped().nodes where leaf.isLeaf {
      let ends = covered.contains(leaf.pathText) ? [] : ["\(leaf.name)  not yet"]
      #expect(ends.allSatisfy { end in lines.contains { $0.hasSuffix(end) } }, "\(leaf.pathText)")
    }
    #expect(lines.count { $0.hasSuffix("  not yet") } == expected.count)
    let places = (report?["categories"] as? [[String: Any]] ?? []).flatMap { $0["places"] as? [[String: Any]] ?? [] }
    #expect(places.filter { $0["status"] as? String == "not yet" }.compactMap { $0["path"] as? String } == expected)
    #expect(places.allSatisfy { ($0["components"] as? [String])?.isEmpty == ($0["status"] as? String == "not yet") })
    let part = try run(["taxonomy", "coverage", "--category", "non-linearity"], in: folder)
    #expect(part.messages == "3 of 3 leaves can be run; 0 cannot yet\n")
  }

  @Test func papersInEveryForm() throws {
    let folder = try TestFolder()
    let all = try run(["papers"], in: folder)
    #expect(all.messages == "64 of 64 publications\n" && all.output.split(separator: "\n").count == 66)
    let some = try run(
      ["papers", "--category", "Context Models", "--year", "2020..2023", "--sort", "title", "--format", "csv"], in: folder)
    #expect(some.output.hasPrefix("year,key,title,authors,venue,reference,categories\n"), "\(some)")
    let expected = try Taxonomy.shipped().publications {
      $0.node = try Taxonomy.shipped().node(path: "Context Models")
      $0.years = 2020...2023
      $0.order = .title
    }
    #expect(
      some.output.split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").dropFirst().first.map(String.init) } == expected)
    let list = try json(run(["papers", "--format", "json"], in: folder).output) as? [[String: Any]]
    #expect(list?.count == 64 && list?.allSatisfy { !($0["places"] as? [String] ?? []).isEmpty } ?? false)
    let bibtex = try run(["papers", "--search", "checkerboard", "--format", "bibtex"], in: folder).output
    #expect(bibtex.hasPrefix("@misc{fu2023fast,\n") && bibtex.contains("\n}\n\n@misc{he2021checkerboard,\n") && bibtex.hasSuffix("\n}\n"))
    let none = try run(["papers", "--author", "nobody", "--format", "bibtex"], in: folder)
    #expect(none.output.isEmpty && none.messages == "0 of 64 publications\n")
  }

  @Test(arguments: ["minnen2018joint", "74", "kingma2015adam"])
  func aPaperIsShown(key: String) throws {
    let folder = try TestFolder()
    let text = try run(["papers", "show", key], in: folder).output
    let entry = try run(["papers", "show", key, "--format", "bibtex"], in: folder).output
    #expect(text.contains("\nBibTeX\n") && entry.split(separator: "\n").allSatisfy { text.contains("  \($0)") }, "\(text)\(entry)")
    let report = try json(run(["papers", "show", key, "--format", "json"], in: folder).output) as? [String: Any]
    #expect((report?["key"] as? String).map(entry.contains) ?? false)
  }
}

extension Taxonomy {
  /// The keys that a query finds.
  fileprivate func publications(_ change: (inout PublicationQuery) throws -> Void) rethrows -> [String] {
    var query = PublicationQuery()
    try change(&query)
    return publications(query).map(\.key)
  }
}
