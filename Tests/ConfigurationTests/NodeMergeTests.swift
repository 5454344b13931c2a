import Configuration
import SafeFiles
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

private func parse(_ text: String, _ source: String) throws -> Node { try ConfigurationFile.parse(text, source: source) }

@Suite struct NodeMergeTests {
  @Test(arguments: [
    ("a: 1", "a: 2", "a: 2"), ("a: {b: 1, c: 2}", "a: {c: 3, d: 4}", "a: {b: 1, c: 3, d: 4}"), ("a: [1, 2]", "a: [3]", "a: [3]"),
    ("a: {b: 1}", "a: null", "a: null"), ("a: {b: 1}", "a: 3", "a: 3"), ("a: 3", "a: {b: 1}", "a: {b: 1}"),
    ("a: null", "a: {b: 1}", "a: {b: 1}"),
    ("a: [1]", "a+: [2, 3]", "a: [1, 2, 3]"), ("a: [1]", "a+: 2", "a: [1, 2]"), ("a: null", "a+: 2", "a: [2]"),
    ("b: 1", "t: {a+: 2}", "{b: 1, t: {a: [2]}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: {init_args: {q: 2}}", "m: {class_path: X, init_args: {p: 1, q: 2}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: {class_path: X}", "m: {class_path: X, init_args: {p: 1}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: X", "m: {class_path: X, init_args: {p: 1}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: Y", "m: {class_path: Y}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: {class_path: Y, init_args: {q: 2}}", "m: {class_path: Y, init_args: {q: 2}}"),
    ("m: X", "m: {init_args: {q: 2}}", "m: {class_path: X, init_args: {q: 2}}"),
  ])
  func merging(base: String, overlay: String, expected: String) throws {
    var notes: [Note] = []
    let merged = try parse(base, "a.yaml").merging(parse(overlay, "b.yaml"), notes: &notes)
    #expect(try merged == parse(expected, "c.yaml"))
  }

  @Test func changingTheClassKeepsWhatFitsAndNotesTheRest() throws {
    let rules = MergeRules(canonicalName: { $0 == "alias.X" ? "X" : $0 }, arguments: { $0 == "Y" ? ["channels"] : nil })
    let base = try parse("m:\n  class_path: X\n  init_args: {channels: 3, beta_min: 1, inverse: true}\n", "a.yaml")
    var notes: [Note] = []
    let merged = try base.merging(parse("m: {class_path: Y}", "b.yaml"), rules: rules, notes: &notes)
    #expect(merged == ["m": ["class_path": "Y", "init_args": ["channels": 3]]])
    let expected = "b.yaml:1:17: m: class_path changes from 'X' (a.yaml:2) to 'Y'; dropped init_args of the old class: beta_min, inverse"
    #expect(notes.map(\.description) == [expected])
    notes = []
    #expect(try base.merging(parse("m: alias.X", "b.yaml"), rules: rules, notes: &notes)["m"]?["init_args"] == base["m"]?["init_args"])
    #expect(notes.isEmpty)
  }

  @Test func overridesApplyLeftToRight() throws {
    let base = try parse("model: {class_path: X, init_args: {encoder: {class_path: E}}}\nseed: 1\n", "a.yaml")
    var notes: [Note] = []
    let overrides = [
      Override(path: "model.encoder.channels", value: "32"), Override(path: "model.init_args.encoder.init_args.channels", value: "64"),
      Override(path: "trainer.max_steps", value: "1e3"), Override(path: "seed", value: "null"), Override(path: "model.name", value: ""),
      Override(path: "trainer.callbacks+", value: "{class_path: C}"),
    ]
    let result = try base.applying(overrides, notes: &notes)
    #expect(result.node(at: "model.init_args.encoder.init_args.channels") == 64)
    #expect(result.node(at: "trainer.max_steps") == 1000.0)
    #expect(result["seed"]?.isNull == true)
    #expect(result.node(at: "model.init_args.name") == "")
    #expect(result.node(at: "trainer.callbacks") == [["class_path": "C"]])
    #expect(result.node(at: "trainer.max_steps")?.mark == .commandLine)
    #expect(notes.isEmpty)
  }

  @Test func wrongOverridesAreReportedTogether() {
    var notes: [Note] = []
    let expected = """
      command line: a..b: not a path of keys joined by dots such as 'model.init_args.channels'
      command line: c: not valid YAML: did not find the expected ',' or ']' (while parsing a flow sequence that starts at line 1)
      """
    do {
      _ = try Node(.map([])).applying([Override(path: "a..b", value: "1"), Override(path: "c", value: "[1")], notes: &notes)
      Issue.record("no error")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test func aTypedValueThatLosesToAFileIsNoted() throws {
    var notes: [Note] = []
    let typed = try Node(.map([])).applying([Override(path: "trainer.max_steps", value: "3")], notes: &notes)
    _ = try typed.merging(parse("trainer:\n  max_steps: 1\n", "t1.yaml"), notes: &notes)
    let expected =
      "t1.yaml:2:14: trainer.max_steps: the value typed on the command line is replaced by this file's, since options apply left to right"
    #expect(notes.map(\.description) == [expected])
  }

  @Test func filesMergeLeftToRightAndAllMistakesAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("merge-\(UInt64.random(in: 0...UInt64.max))").path
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try AtomicFile.write("trainer: {max_steps: 1, max_epochs: 11}", to: folder + "/1.yaml")
    try AtomicFile.write("trainer: {max_steps: 2}", to: folder + "/2.yaml")
    try AtomicFile.write("a: [", to: folder + "/3.yaml")
    try AtomicFile.write([0x61, 0x3A, 0xFF, 0xFE], to: folder + "/4.yaml")
    #expect(try ConfigurationFile.read([folder + "/1.yaml", folder + "/2.yaml"]).node == ["trainer": ["max_steps": 2, "max_epochs": 11]])
    #expect(try ConfigurationFile.read([folder + "/2.yaml", folder + "/1.yaml"]).node == ["trainer": ["max_steps": 1, "max_epochs": 11]])
    do {
      _ = try ConfigurationFile.read(["3", "4", "none"].map { "\(folder)/\($0).yaml" })
      Issue.record("no error")
    } catch {
      let lines = error.description.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0].hasPrefix("\(folder)/3.yaml:2:1: not valid YAML"))
      #expect(lines[1] == "\(folder)/4.yaml: not a text in UTF-8; is this a configuration file?")
      #expect(lines[2].hasSuffix("no such file or folder; check the spelling and the folder it is in"))
    }
  }
}
