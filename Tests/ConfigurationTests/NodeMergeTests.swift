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
    ("b: 1", "t: {a+: 2}", "{b: 1, t: {a+: [2]}}"), ("t: {a+: 2}", "t: {a+: [3, 4]}", "t: {a+: [2, 3, 4]}"),
    ("t: {a+: 2}", "t: {a: [3]}", "t: {a: [3]}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: {init_args: {q: 2}}", "m: {class_path: X, init_args: {p: 1, q: 2}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: {class_path: X}", "m: {class_path: X, init_args: {p: 1}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: X", "m: {class_path: X, init_args: {p: 1}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: Y", "m: {class_path: Y, init_args: {p: 1}}"),
    ("m: {class_path: X, init_args: {p: 1}}", "m: {class_path: Y, init_args: {q: 2}}", "m: {class_path: Y, init_args: {p: 1, q: 2}}"),
    ("m: X", "m: {init_args: {q: 2}}", "m: {class_path: X, init_args: {q: 2}}"),
  ])
  func merging(base: String, overlay: String, expected: String) throws {
    var log = MergeLog()
    let merged = try parse(base, "a.yaml").merging(parse(overlay, "b.yaml"), log: &log)
    #expect(try merged == parse(expected, "c.yaml"))
  }

  @Test func changingTheClassKeepsWhatFitsAndNotesTheRest() throws {
    let rules = MergeRules(canonicalName: { $0 == "alias.X" ? "X" : $0 }, arguments: { $0 == "Y" ? ["channels"] : nil })
    let base = try parse("m:\n  class_path: X\n  init_args: {channels: 3, beta_min: 1, inverse: true}\n", "a.yaml")
    var log = MergeLog()
    let merged = try base.merging(parse("m: {class_path: Y}", "b.yaml"), rules: rules, log: &log)
    #expect(merged == ["m": ["class_path": "Y", "init_args": ["channels": 3]]])
    let expected =
      "b.yaml:1:17: m: the class changes from 'X' (a.yaml:2) to 'Y'; dropped arguments of the old class: beta_min, inverse; kept: channels"
    #expect(log.notes.map(\.description) == [expected])
    log = MergeLog()
    #expect(try base.merging(parse("m: alias.X", "b.yaml"), rules: rules, log: &log)["m"]?["init_args"] == base["m"]?["init_args"])
    #expect(log.notes.isEmpty)
  }

  @Test func overridesApplyLeftToRight() throws {
    let base = try parse("model: {class_path: X, init_args: {encoder: {class_path: E}}}\nseed: 1\n", "a.yaml")
    var log = MergeLog()
    let overrides = [
      Override(path: "model.encoder.channels", value: "32"), Override(path: "model.init_args.encoder.init_args.channels", value: "64"),
      Override(path: "trainer.max_steps", value: "1e3"), Override(path: "seed", value: "null"), Override(path: "model.name", value: ""),
      Override(path: "trainer.callbacks+", value: "{class_path: C}"),
    ]
    let result = try base.applying(overrides, log: &log)
    #expect(result.node(at: "model.init_args.encoder.init_args.channels") == 64)
    #expect(result.node(at: "trainer.max_steps") == 1000.0)
    #expect(result["seed"]?.isNull == true)
    #expect(result.node(at: "model.init_args.name") == "")
    #expect(result.node(at: "trainer.callbacks+") == [["class_path": "C"]])
    #expect(result.node(at: "trainer.max_steps")?.mark.description == "--trainer.max_steps")
    #expect(log.notes.isEmpty)
  }

  @Test func wrongOverridesAreReportedTogether() {
    var log = MergeLog()
    let expected = """
      --a..b: not a path of keys joined by dots such as 'model.channels' or 'trainer.callbacks[ModelCheckpoint].save_top_k'
      --c: not valid YAML: did not find the expected ',' or ']' (while parsing a flow sequence that starts at line 1)
      """
    do {
      _ = try Node(.map([])).applying([Override(path: "a..b", value: "1"), Override(path: "c", value: "[1")], log: &log)
      Issue.record("no error")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test func aTypedValueThatLosesToAFileIsNoted() throws {
    var log = MergeLog()
    let typed = try Node(.map([])).applying([Override(path: "trainer.max_steps", value: "3")], log: &log)
    _ = try typed.merging(parse("trainer:\n  max_steps: 1\n", "t1.yaml"), log: &log)
    let expected =
      "t1.yaml:2:14: trainer.max_steps: --trainer.max_steps 3 is replaced by this file's 1, since options apply left to right"
    #expect(log.notes.map(\.description) == [expected])
  }
}
