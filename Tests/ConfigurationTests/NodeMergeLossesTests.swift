import Configuration
import Testing

/// What is told when a value loses, and when a class changes.
@Suite struct NodeMergeLossesTests {
  static let rules = MergeRules(
    canonicalName: { $0.hasPrefix("old.") ? "kind." + $0.dropFirst(4) : $0 },
    arguments: { ["kind.A": ["x", "y", "z"], "kind.B": ["x", "n"], "kind.None": []][$0] },
    accepts: { classPath, argument, value in classPath != "kind.B" || argument != "x" || value.string == nil })

  /// Lays files and options over each other: `--path=value` or the text of a file, whose name is its number.
  static func merge(_ pieces: [String]) throws -> (tree: Node, log: MergeLog) {
    var tree = Node(.map([]))
    var log = MergeLog()
    for (number, piece) in pieces.enumerated() {
      if piece.hasPrefix("--"), let sign = piece.firstIndex(of: "=") {
        let path = String(piece[..<sign].dropFirst(2))
        tree = try tree.applying([Override(path: path, value: String(piece[piece.index(after: sign)...]))], rules: rules, log: &log)
      } else {
        tree = tree.merging(try ConfigurationFile.parse(piece, source: "\(number).yaml"), rules: rules, log: &log)
      }
    }
    return (tree, log)
  }

  private static let rest = "since options apply left to right"

  static let losses: [(pieces: [String], notes: [String])] = [
    (["--t.max=3", "t: {max: 1}"], ["1.yaml:1:10: t.max: --t.max 3 is replaced by this file's 1, \(rest)"]),
    (["--t.max=3", "t: {max: 3}"], []), (["t: {max: 3}", "t: {max: 1}"], []), (["t: {max: 3}", "--t.max=1"], []),
    (["--t.max=3", "--t.max=1"], []),
    (["--t.max=3", "t: {min: 1}"], []),
    (["--t.max=3", "t: null"], ["1.yaml:1:4: t.max: --t.max 3 is replaced by this file's null, \(rest)"]),
    (
      ["--t.a.b=3", "--t.a.c=x", "t: 5"],
      [
        "2.yaml:1:4: t.a.b: --t.a.b 3 is replaced by this file's 5, \(rest)",
        "2.yaml:1:4: t.a.c: --t.a.c the text 'x' is replaced by this file's 5, \(rest)",
      ]
    ),
    (["--t.a=false", "t: {a: {b: 1}}"], ["1.yaml:1:8: t.a: --t.a false is replaced by this file's a map with the keys b, \(rest)"]),
    (["--l=[1, 2]", "l: [3]"], ["1.yaml:1:4: l: --l a list is replaced by this file's a list, \(rest)"]),
    (["l: [{a: 1}]", "--l.a=2", "l: [{a: 3}]"], ["2.yaml:1:4: l[0].a: --l.a 2 is replaced by this file's a list, \(rest)"]),
    (["--t.l+=1", "t: {l: [3]}"], ["1.yaml:1:8: t.l: --t.l+ a list is replaced by this file's a list, \(rest)"]),
    (["--t.l+=1", "t: {l+: 3}"], []),
    (["--m=kind.A", "m: kind.B"], ["1.yaml:1:4: m: --m the text 'kind.A' is replaced by this file's the text 'kind.B', \(rest)"]),
    (["--m.x=1", "m: {init_args: {x: 2}}"], ["1.yaml:1:20: m.init_args.x: --m.x 1 is replaced by this file's 2, \(rest)"]),
  ]

  @Test(arguments: losses)
  func typedValuesThatLose(pieces: [String], notes: [String]) throws {
    let log = try Self.merge(pieces).log
    #expect(log.notes.map(\.description) == notes)
    #expect(log.problems.isEmpty)
  }

  @Test(arguments: [
    ("kind.A", "kind.B", "{x: 1, y: 2}", "{x: 1}", ["y"], ["x"]), ("old.A", "kind.A", "{x: 1, y: 2}", "{x: 1, y: 2}", [], []),
    ("kind.A", "old.A", "{y: 2}", "{y: 2}", [], []), ("kind.A", "kind.None", "{x: 1, y: 2}", "{}", ["x", "y"], []),
    ("kind.A", "kind.Unknown", "{x: 1, y: 2}", "{x: 1, y: 2}", [], []), ("kind.Unknown", "kind.B", "{x: 1, y: 2}", "{x: 1}", ["y"], ["x"]),
    ("kind.A", "kind.B", "{x: text, y: 2}", "{}", ["x", "y"], []),
  ])
  func changesOfClass(old: String, new: String, arguments: String, left: String, dropped: [String], kept: [String]) throws {
    let (tree, log) = try Self.merge(["m: {class_path: \(old), init_args: \(arguments)}", "m: \(new)"])
    let expected = try ConfigurationFile.parse("a: \(left)", source: "e.yaml")["a"] ?? .null
    #expect(tree.node(at: "m.class_path")?.string == new)
    #expect(tree.node(at: "m.init_args") ?? [:] == expected)
    #expect(log.problems.isEmpty)
    let rest = kept.isEmpty ? "none is kept" : "kept: \(kept.joined(separator: ", "))"
    let note = "1.yaml:1:4: m: the class changes from '\(old)' (0.yaml:1) to '\(new)'; dropped arguments of the old class: "
    #expect(log.notes.map(\.description) == (dropped.isEmpty ? [] : [note + dropped.joined(separator: ", ") + "; \(rest)"]))
  }

  @Test func newArgumentsAreKeptWhateverTheyAre() throws {
    let (tree, log) = try Self.merge(["m: {class_path: kind.A, init_args: {y: 2}}", "m: {class_path: kind.B, init_args: {q: 1}}"])
    #expect(tree["m"] == ["class_path": "kind.B", "init_args": ["q": 1]])
    #expect(log.notes.count == 1)
  }

  @Test(arguments: [
    (["m: kind.A", "--m.y=2", "m: kind.B"], "it takes x, n"), (["m: kind.A", "--m.y=2", "--m=kind.None"], "it takes no arguments"),
    (["--m=kind.A", "--m.y=2", "--m=kind.B"], "it takes x, n"),
    (["--m=kind.A", "--m.init_args.y=2", "--m.class_path=kind.B"], "it takes x, n"),
  ])
  func aTypedArgumentThatIsDroppedIsAProblem(pieces: [String], takes: String) throws {
    let log = try Self.merge(pieces).log
    #expect(log.problems.count == 1)
    let problem = try #require(log.problems.first)
    #expect(problem.path == "m.init_args.y" && problem.mark.isCommandLine)
    #expect(
      problem.sentence.contains("the class changes from 'kind.A'")
        && problem.sentence.hasSuffix("which does not take the typed 'y' (\(takes))"))
  }

  @Test func nestedComponentsChangeToo() throws {
    let base = "m: {class_path: kind.U, init_args: {e: {class_path: kind.A, init_args: {y: 1, x: 2}}}}"
    let (tree, log) = try Self.merge([base, "--m.e=kind.B"])
    #expect(tree.node(at: "m.init_args.e") == ["class_path": "kind.B", "init_args": ["x": 2]])
    #expect(log.notes.map(\.path) == ["m.init_args.e"])
  }
}
