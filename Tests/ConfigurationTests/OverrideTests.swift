import Configuration
import Testing

@Suite struct OverrideTests {
  static let valid: [(text: String, node: Node)] = [
    ("{x: 1}", ["x": 1]), ("{x:1}", ["x": 1]), ("{x:1, y: 2}", ["x": 1, "y": 2]), ("{x:1,y:two}", ["x": 1, "y": "two"]),
    ("{class_path:models.M}", ["class_path": "models.M"]), ("{a: {x:1}}", ["a": ["x": 1]]), ("[{x:1}, {x: 2}]", [["x": 1], ["x": 2]]),
    ("{x:1e-6}", ["x": 1e-6]), ("{\"a\": [1, null]}", ["a": [1, .null]]), ("{http://x}", ["http": "//x"]),
    ("3", 3), ("3.0", 3.0), ("a: 1", ["a": 1]), ("null", .null), ("~", .null), ("''", ""), ("", ""), ("a b", "a b"), ("{}", [:]),
    ("[]", []), ("true", true), ("yes", "yes"), ("017", 17),
  ]

  @Test(arguments: valid)
  func values(text: String, expected: Node) throws {
    let node = try Override(path: "a", value: text).node()
    #expect(node == expected)
    #expect(node.mark == .option("a"))
  }

  @Test func withoutAValueItIsTrue() throws {
    let node = try Override(path: "trainer.fast_dev_run", value: nil).node()
    #expect(node == true && node.mark.description == "--trainer.fast_dev_run")
  }

  @Test(arguments: [
    ("[1", "--a: not valid YAML: did not find the expected ',' or ']' (while parsing a flow sequence that starts at line 1)"),
    ("{x: 1, x: 2}", "--a: the key 'x' is given twice in one map; remove one of them"),
    ("{x:1,x:2}", "--a: the key 'x' is given twice in one map; remove one of them"),
    ("{x:1, x: 2}", "--a: the key 'x' is given twice in one map; remove one of them"),
    ("{x:[}", "--a: not valid YAML"), ("!env HOME", "--a: the YAML tag '!env' is not known; remove it"),
    ("*x", "--a: the alias *x has no anchor; write &x before the value it stands for"), ("a: b: c", "--a: not valid YAML"),
  ])
  func valuesThatAreNone(text: String, expected: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Override(path: "a", value: text).node() }
    #expect(error.description.hasPrefix(expected), "\(error)")
  }

  @Test func thePlaceCanBeGiven() throws {
    let mark = Mark(source: "rates.yaml", line: 3, column: 9)
    #expect(try Override(path: "a", value: "{b: 1}", mark: mark).node()["b"]?.mark == mark)
  }
}
