import Testing

@testable import Configuration

@Suite struct OptionPlacementTests {
  static let rules = MergeRules(canonicalName: { $0 == "old.C" || $0 == "C" ? "kind.C" : $0 == "D" ? "kind.D" : $0 })

  static func apply(_ base: String, _ options: [(String, String?)]) throws -> Node {
    var log = MergeLog()
    let overrides = options.map { Override(path: $0.0, value: $0.1) }
    return try ConfigurationFile.parse(base, source: "a.yaml").applying(overrides, rules: rules, log: &log)
  }

  static let table: [(base: String, path: String, value: String, expected: String)] = [
    ("a: 1", "a", "2", "a: 2"), ("", "a.b.c", "1", "a: {b: {c: 1}}"), ("a: 3", "a.b", "1", "a: {b: 1}"),
    ("a: null", "a.b", "1", "a: {b: 1}"),
    ("a: {b: 1}", "a", "null", "a: null"), ("a: {b: 1}", "a", "{c: 2}", "a: {b: 1, c: 2}"), ("a: [1, 2]", "a", "[3]", "a: [3]"),
    // init_args may be left out
    ("m: {class_path: kind.C}", "m.x", "1", "m: {class_path: kind.C, init_args: {x: 1}}"),
    ("m: {class_path: kind.C}", "m.init_args.x", "1", "m: {class_path: kind.C, init_args: {x: 1}}"),
    ("m: {class_path: kind.C, init_args: null}", "m.x", "1", "m: {class_path: kind.C, init_args: {x: 1}}"),
    ("m: kind.C", "m.x", "1", "m: {class_path: kind.C, init_args: {x: 1}}"),
    ("m: kind.C", "m.init_args.x", "1", "m: {class_path: kind.C, init_args: {x: 1}}"),
    ("m: kind.C", "m.init_args", "{x: 1}", "m: {class_path: kind.C, init_args: {x: 1}}"),
    ("m: kind.C", "m.class_path", "kind.D", "m: {class_path: kind.D}"),
    ("m: {init_args: {e: kind.C}}", "m.e.x", "1", "m: {init_args: {e: {class_path: kind.C, init_args: {x: 1}}}}"),
    ("m: {class_path: kind.C, init_args: {x: 1}}", "m", "kind.D", "m: {class_path: kind.D, init_args: {x: 1}}"),
    ("m: {class_path: kind.C, init_args: {x: 1}}", "m", "{y: 2}", "m: {class_path: kind.C, init_args: {x: 1, y: 2}}"),
    ("m: {class_path: kind.C, init_args: {x: 1}}", "m", "{init_args: {y: 2}}", "m: {class_path: kind.C, init_args: {x: 1, y: 2}}"),
    // lists
    ("l: [1]", "l+", "2", "l: [1, 2]"), ("l: [1]", "l+", "[2, 3]", "l: [1, 2, 3]"), ("l: null", "l+", "1", "l: [1]"),
    ("l: []", "l+", "1", "l: [1]"),
    ("l: kind.C", "l+", "kind.D", "l: [kind.C, kind.D]"), ("", "t.l+", "1", "t: {l+: [1]}"),
    ("t: {l+: [1]}", "t.l+", "2", "t: {l+: [1, 2]}"),
    ("t: {l+: [1]}", "t.l", "[2]", "t: {l: [2]}"),
    ("l: [1, 2]", "l[0]", "3", "l: [3, 2]"), ("l: [{a: 1}, {a: 2}]", "l[1].a", "3", "l: [{a: 1}, {a: 3}]"),
    ("l: [{a: 1}, {a: 2}]", "l.a", "3", "l: [{a: 1}, {a: 3}]"),
    ("l: [kind.C, kind.D]", "l[C].x", "1", "l: [{class_path: kind.C, init_args: {x: 1}}, kind.D]"),
    ("l: [{class_path: old.C}, kind.D]", "l[kind.C].x", "1", "l: [{class_path: old.C, init_args: {x: 1}}, kind.D]"),
    ("l: [{class_path: old.C}, kind.D]", "l[old.C].x", "1", "l: [{class_path: old.C, init_args: {x: 1}}, kind.D]"),
    ("l: [kind.C, kind.D]", "l[D].x", "1", "l: [kind.C, {class_path: kind.D, init_args: {x: 1}}]"),
    ("l: [kind.C, kind.D]", "l.x", "1", "l: [kind.C, {class_path: kind.D, init_args: {x: 1}}]"),
    ("l: [[1, 2], [3]]", "l[0][1]", "9", "l: [[1, 9], [3]]"), ("l: [{m: [1]}]", "l.m+", "2", "l: [{m: [1, 2]}]"),
  ]

  @Test(arguments: table)
  func oneOption(base: String, path: String, value: String, expected: String) throws {
    #expect(try Self.apply(base, [(path, value)]) == ConfigurationFile.parse(expected, source: "c.yaml"))
  }

  /// As `--trainer.callbacks+=A --trainer.callbacks.x=1 --trainer.callbacks+=B --trainer.callbacks.x=2`.
  @Test func whatFollowsAnAppendedItemGoesToIt() throws {
    let options = [("t.l+", "kind.C"), ("t.l.x", "1"), ("t.l+", "kind.D"), ("t.l.x", "2"), ("t.l[C].y", "3"), ("t.l[0].z", "4")]
    let items: Node = [
      ["class_path": "kind.C", "init_args": ["x": 1, "y": 3, "z": 4]], ["class_path": "kind.D", "init_args": ["x": 2]],
    ]
    #expect(try Self.apply("", options) == ["t": ["l+": items]])
    #expect(try Self.apply("t: {l: []}", options) == ["t": ["l": items]])
    #expect(try Self.apply("t: {l: [1]}", [("t.l", "null")]) == ["t": ["l": .null]])
  }

  /// The order inside a component does not matter.
  @Test func classAndArgumentsInAnyOrder() throws {
    let expected: Node = ["d": ["class_path": "kind.C", "init_args": ["x": 1]]]
    #expect(try Self.apply("", [("d", "kind.C"), ("d.x", "1")]) == expected)
    #expect(try Self.apply("", [("d.x", "1"), ("d", "kind.C")]) == expected)
    #expect(try Self.apply("", [("d.class_path", "kind.C"), ("d.init_args.x", "1")]) == expected)
    #expect(try Self.apply("", [("d", "kind.C"), ("d", "{x: 1}")]) == expected)
    #expect(try Self.apply("", [("d.x", "1"), ("d", "{class_path: kind.C}")]) == expected)
  }

  @Test(arguments: [
    ("l: []", "l.x", "--l.x: l: the list is empty; add an item with --l+"),
    ("l: [1]", "l[1]", "--l[1]: l: there is no item 1; the list has 1, counted from 0"),
    ("l: [1]", "l[-1]", "--l[-1]: l: there is no item -1; the list has 1, counted from 0"),
    ("a: 1", "a[0]", "--a[0]: a: there is no list to choose '0' from"),
    ("", "t.l[0].x", "--t.l[0].x: t.l: there is no list to choose '0' from"),
    ("l: [kind.C, kind.C]", "l[C].x", "--l[C].x: l: 'C' is there 2 times; use an index: [0] or [1]"),
    (
      "l: [kind.Checkpoint]", "l[Chekpoint].x",
      "--l[Chekpoint].x: l: there is no item 'Chekpoint'; did you mean 'kind.Checkpoint'? The list has kind.Checkpoint"
    ),
    ("l: []", "l[C]", "--l[C]: l: there is no item 'C'; the list is empty"),
    ("", "a.", "--a.: not a path of keys joined by dots such as 'model.channels' or 'trainer.callbacks[ModelCheckpoint].save_top_k'"),
  ])
  func mistakes(base: String, path: String, expected: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.apply(base, [(path, "1")]) }
    #expect(error.description == expected)
  }

  @Test func placesAreThoseOfTheOptions() throws {
    let node = try Self.apply("m: kind.C\nt: 1\n", [("m.e.x", "1"), ("l+", "a")])
    #expect(node.node(at: "m.init_args.e.x")?.mark.description == "--m.e.x")
    #expect(node.node(at: "m.class_path")?.mark.description == "a.yaml:1:4")
    #expect(node["l+"]?.elements?.first?.mark.description == "--l+")
    #expect(node["t"]?.mark.description == "a.yaml:2:4")
  }
}
