import Configuration
import SafeFiles
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

private struct Paths: Settings {
  var input: InputPath = "data"
  var optional: InputPath?
  var output: OutputPath = "logs"
}

/// `InputPath` and `OutputPath`.
@Suite struct PathSettingsTests {
  /// A folder that is removed when it is no longer used.
  private final class Scratch {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-\(UUID().uuidString)").path
    init() throws { try Folder.create("\(path)/there") }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static let here = PathText.workingDirectory

  private func decode(_ text: String, source: String, mark: Mark? = nil) -> (Paths, SettingsContext) {
    let context = SettingsContext()
    var log = MergeLog()
    var node = Node(.map([]))
    if let mark {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      node = (try? node.applying([Override(path: parts[0], value: parts[1], mark: mark)], log: &log)) ?? .null
    } else {
      node = (try? ConfigurationFile.parse(text, source: source)) ?? .null
    }
    return (SettingsDecoder.decode(Paths.self, from: node, path: "", context: context), context)
  }

  @Test func inAFileTheyStartInItsFolder() throws {
    let scratch = try Scratch()
    // Deep enough that the working directory, wherever it is, has another parent.
    let parts = "\(scratch.path)/a/b"
    try Folder.create("\(parts)/there")
    let (paths, context) = decode("input: there\noptional: ../x\noutput: out", source: "\(parts)/a.yaml")
    #expect(paths.input.path == "\(parts)/there")
    // What lies nowhere starts in the working directory, as outputs do, unless it leads out of its folder.
    let beside = PathText.absolute("../x", from: parts)
    #expect(paths.optional?.path == beside)
    #expect(paths.output.path == "out")
    #expect(context.problems.isEmpty)
    #expect(context.notes.map(\.sentence) == ["there is neither '\(beside)', beside this file, nor '\(PathText.absolute("../x"))'"])
    #expect(
      try SettingsEncoder.node(of: paths) == [
        "input": Node(.string("\(parts)/there")), "optional": Node(.string(beside)),
        "output": Node(.string("\(Self.here)/out")),
      ])
  }

  @Test func whatLiesOnlyInTheWorkingDirectoryIsTakenWithANote() throws {
    let scratch = try Scratch()
    let name = try #require(try Folder.names(in: ".").first { $0 != "there" && !$0.contains(where: { ":#'\"\\".contains($0) }) })
    let (paths, context) = decode("input: ./\(name)", source: "\(scratch.path)/a.yaml")
    #expect(paths.input.path == name)
    let note =
      "\(scratch.path)/a.yaml:1:8: input: './\(name)' is taken as '\(name)' of the working directory, since there is no '\(scratch.path)/\(name)'"
    #expect(context.notes.map(\.description) == [note])
  }

  @Test(arguments: [Mark.option("input"), .environment("X"), .commandLine])
  func typedPathsStartInTheWorkingDirectory(mark: Mark) throws {
    let (paths, context) = decode("input there", source: "", mark: mark)
    #expect(paths.input.path == "there" && context.notes.isEmpty && context.problems.isEmpty)
  }

  @Test func defaultsAndAbsolutePaths() throws {
    let (paths, _) = decode("optional: /a/../b\n", source: "/x/a.yaml")
    #expect(paths.input == "data" && paths.output == "logs" && paths.optional?.path == "/b")
    let home = decode("input: ~/pictures\noutput: ~/out", source: "/x/a.yaml").0
    #expect(home.input.path == PathText.short(PathText.absolute("~/pictures")) && !PathText.absolute(home.input.path).contains("~"))
    #expect(home.output.path == PathText.short(PathText.absolute("~/out")))
    #expect(decode("input: 017", source: "/x/a.yaml").0.input == "017")
  }

  @Test(arguments: [
    ("input: ''", "/x/a.yaml:1:8: input: expected a path, found an empty text"),
    ("input: [a]", "/x/a.yaml:1:8: input: expected a path, found a list"),
    ("output: null", "/x/a.yaml:1:9: output: expected a path, found null"),
    ("output: {a: 1}", "/x/a.yaml:1:9: output: expected a path, found a map with the keys a"),
  ])
  func mistakes(text: String, expected: String) throws {
    #expect(decode(text, source: "/x/a.yaml").1.problems.map(\.description) == [expected])
  }

  @Test func aBareOptionIsNoPath() throws {
    var log = MergeLog()
    let context = SettingsContext()
    let node = try Node(.map([])).applying([Override(path: "input", value: nil), Override(path: "output", value: nil)], log: &log)
    _ = SettingsDecoder.decode(Paths.self, from: node, path: "", context: context)
    #expect(context.problems.map(\.description) == ["--input: needs a value, expected a path", "--output: needs a value, expected a path"])
  }

  @Test func otherCodersSeeAText() throws {
    let data = try JSONEncoder().encode([InputPath("/a"), InputPath("b")])
    #expect(try JSONDecoder().decode([String].self, from: data) == ["/a", "\(Self.here)/b"])
    #expect(try JSONDecoder().decode([OutputPath].self, from: Data(#"["/a", "b"]"#.utf8)) == ["/a", "b"])
  }
}
