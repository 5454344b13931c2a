import Benchpresso
import Configuration
import Foundation
import Registry
import Testing

/// `list` and `describe`, for every component that ships.
struct CatalogueCommandsTests {
  private func run(_ arguments: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(arguments, in: folder)
    command.program = try folder.lonelyProgram()
    return try command.run()
  }

  private struct Described: Decodable {
    struct Setting: Decodable {
      let key: String
      let type: String
      let documentation: String
    }
    let classPath: String
    let kind: String
    let aliases: [String]
    let summary: String
    let settings: [Setting]
    let example: String
    let taxonomyLeaves: [String]
    let outsideTaxonomy: String?
    let paper: Paper?
    let equation: String?

    struct Paper: Decodable {
      let key: String
      let title: String?
      let year: Int?
    }

    static func read<T: Decodable>(_ text: String) throws -> T {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(T.self, from: Data(text.utf8))
    }
  }

  /// A component answers to its aliases and to the last part of its class path.
  @Test(arguments: ["activations.GeneralizedDivisiveNormalization", "compressai.layers.GDN", "GDN"])
  func componentsAreDescribedUnderAllNames(name: String) throws {
    let folder = try ErrorMessagesTests.folder()
    #expect(try run(["describe", name], in: folder).output == run(["describe", "nonlinearity.GDN"], in: folder).output)
  }

  /// An example stands in a configuration that is right once model and data are added.
  @Test(arguments: BuiltIn.entries.map(\.classPath))
  func everyComponentIsDescribed(classPath: String) throws {
    let catalogue = try BuiltIn.catalogue()
    let entry = try #require(BuiltIn.entries.first { $0.classPath == classPath })
    let folder = try ErrorMessagesTests.folder()
    let text = try run(["describe", classPath], in: folder)
    #expect(
      text.status == 0 && text.messages.isEmpty && text.output.hasPrefix("\(classPath)  (\(entry.kind))\n  ")
        && text.output.split(separator: "\n").joined(separator: " ").replacing("   ", with: " ").contains(entry.summary), "\(text)")
    for setting in entry.settings {
      #expect(text.output.contains("\n  \(setting.key)  ") && text.output.contains(setting.type), "\(setting.key)")
    }
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(text.output)")
    let json = try run(["describe", classPath, "--format", "json"], in: folder)
    let described: Described = try Described.read(json.output)
    #expect(described.classPath == classPath && described.settings.map(\.key) == entry.settings.map(\.key))
    #expect(described.aliases == entry.aliases && described.summary == entry.summary && described.equation == entry.equation)
    for line in entry.equation?.split(separator: "\n") ?? [] { #expect(text.output.contains("\n    \(line)\n"), "\(text.output)") }
    #expect(described.taxonomyLeaves == entry.leaves && described.outsideTaxonomy == entry.outside && described.paper?.key == entry.paper)
    #expect(entry.paper == nil || described.paper?.title != nil && described.paper?.year != nil, "\(json.output)")
    let words = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for leaf in entry.leaves { #expect(words.contains("Taxonomy: \(leaf)"), "\(text.output)") }
    if let outside = entry.outside { #expect(words.contains("Taxonomy: none (\(outside))"), "\(text.output)") }
    if let title = described.paper?.title { #expect(words.contains(title), "\(text.output)") }
    let shown = text.output.components(separatedBy: "\nExample\n").last?.split(separator: "\n").map { $0.dropFirst(2) } ?? []
    #expect(shown.joined(separator: "\n") + "\n" == described.example)
    for name in entry.aliases + (entry.classPath.split(separator: ".").last.map { [String($0)] } ?? []) {
      #expect(catalogue.entries(named: name).map(\.classPath) == [classPath], "\(name)")
    }
    // Codecs have no place in an experiment.
    guard entry.kind != "codec" else { return }
    try folder.add("example.yaml", described.example)
    let checked = try run(["config", "show", "--config", "ok.yaml", "--config", "example.yaml"], in: folder)
    // A data set without a data_dir drops that of the other file, and a note says so.
    let isQuiet =
      checked.messages.isEmpty
      || (entry.kind == "data set" && !entry.argumentNames.contains("data_dir") && checked.messages.contains("dropped"))
    #expect(checked.status == 0 && isQuiet && checked.output.contains(classPath), "\(checked)\n\(described.example)")
  }

  /// What an equation can say is said by one; the rest are blocks of layers, programs of others, files and callbacks.
  @Test func equationsAreThere() {
    let kinds = [
      "nonlinearity", "quantizer", "prior", "conditional prior", "context model", "rate control", "loss", "metric", "scheduler",
      "optimizer", "model",
    ]
    let without = BuiltIn.entries.filter { kinds.contains($0.kind) && $0.equation == nil }.map(\.classPath)
    // libjxl's program computes it, in many steps.
    #expect(without == ["metrics.Butteraugli", "metrics.Butteraugli3Norm"])
    for entry in BuiltIn.entries {
      let lines = entry.equation?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
      #expect(lines.allSatisfy { !$0.isEmpty && $0.count <= 116 && $0.last != " " }, "\(entry.classPath)")
    }
  }

  @Test func listNamesAll() throws {
    let folder = try TestFolder()
    let text = try run(["list"], in: folder)
    let lines = text.output.split(separator: "\n")
    #expect(text.status == 0 && lines.count == BuiltIn.entries.count, "\(text)")
    for entry in BuiltIn.entries {
      #expect(lines.contains { $0.hasPrefix("\(entry.classPath) ") && $0.hasSuffix("  \(entry.summary)") }, "\(entry.classPath)")
    }
    let json = try run(["list", "--format", "json"], in: folder)
    let described: [Described] = try Described.read(json.output)
    #expect(described.map(\.classPath) == BuiltIn.entries.map(\.classPath).sorted())
  }

  @Test(arguments: [
    ("models", "model"), ("model", "model"), ("nonlinearities", "nonlinearity"), ("datasets", "data set"), ("data-set", "data set"),
    ("losses", "loss"), ("loss", "loss"), ("callbacks", "callback"), ("optimizers", "optimizer"), ("priors", "prior"),
    ("networks", "network"), ("quantizers", "quantizer"), ("context-models", "context model"), ("rate-control", "rate control"),
    ("transforms", "transform"), ("metrics", "metric"), ("codecs", "codec"), ("loggers", "logger"), ("schedules", "scheduler"),
    ("nonlinearity", "nonlinearity"), ("conditional priors", "conditional prior"),
  ])
  func listOfOneKind(word: String, kind: String) throws {
    let result = try run(["list", word], in: TestFolder())
    let expected = BuiltIn.entries.filter { $0.kind == kind || $0.section == kind }.map(\.classPath).sorted()
    #expect(result.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) } == expected, "\(result)")
    #expect(result.status == 0)
    #expect(result.messages == (expected.isEmpty ? "there is no \(kind) yet\n" : ""))
  }

  @Test(arguments: [["fit", "--model.help", "GDN"], ["fit", "--model.activation.help=nonlinearity.GDN"], ["test", "--data.help", "GDN"]])
  func helpOfAClass(arguments: [String]) throws {
    let folder = try TestFolder()
    let result = try run(arguments, in: folder)
    #expect(try result.status == 0 && result.output == run(["describe", "nonlinearity.GDN"], in: folder).output, "\(result)")
  }
}
