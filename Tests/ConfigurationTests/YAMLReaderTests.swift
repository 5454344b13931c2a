import Configuration
import Testing

/// Reads `text` and returns the description of the error, or nil.
func message(of text: String) -> String? {
  do {
    _ = try ConfigurationFile.parse(text, source: "a.yaml")
    return nil
  } catch {
    return error.description
  }
}

@Suite struct YAMLReaderTests {
  @Test(arguments: [
    ("1e-6", Node.Content.double(1e-6)), ("1E-6", .double(1e-6)), ("1.e-6", .double(1e-6)), ("1e3", .double(1000)), ("3.0", .double(3)),
    (".5", .double(0.5)), ("-.5e+2", .double(-50)), ("3.", .double(3)), ("1_000", .int(1000)), ("017", .int(17)), ("0o17", .int(15)),
    ("0x1f", .int(31)), ("+12", .int(12)), ("-7", .int(-7)), ("12:30:45", .string("12:30:45")), ("yes", .string("yes")),
    ("on", .string("on")),
    ("no", .string("no")), ("off", .string("off")), ("True", .bool(true)), ("false", .bool(false)), ("tRue", .string("tRue")),
    ("nan", .string("nan")), (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)), ("null", .null), ("~", .null), ("NULL", .null),
    ("", .null),
    ("none", .string("none")), ("'3'", .string("3")), ("\"true\"", .string("true")), ("2024-01-01", .string("2024-01-01")),
    ("1_", .string("1_")),
    ("_1", .string("_1")), ("1__0", .string("1__0")), ("e5", .string("e5")), ("1e", .string("1e")), (".", .string(".")),
    ("0x", .string("0x")),
    ("0x-1", .string("0x-1")), ("./data", .string("./data")), ("99999999999999999999", .double(1e20)), ("!!str 1", .string("1")),
    ("!!float 1", .double(1)), ("infinity", .string("infinity")), ("0x1p3", .string("0x1p3")),
  ])
  func scalars(text: String, expected: Node.Content) throws {
    let node = try ConfigurationFile.parse("key: \(text)", source: "a.yaml")
    #expect(node["key"]?.value == expected)
  }

  @Test func notANumber() throws {
    let node = try ConfigurationFile.parse("key: .nan", source: "a.yaml")
    guard case .double(let value) = node["key"]?.value else {
      Issue.record("not a number")
      return
    }
    #expect(value.isNaN)
  }

  @Test func placesCountFromOne() throws {
    let node = try ConfigurationFile.parse("model:\n  channels: 128\n", source: "a.yaml")
    #expect(node.node(at: "model.channels")?.mark == Mark(source: "a.yaml", line: 2, column: 13))
    #expect(node["model"]?.fields?.first?.mark == Mark(source: "a.yaml", line: 2, column: 3))
  }

  @Test func anchorsAliasesAndMergeKeys() throws {
    let text = "base: &b {channels: &N 128, kernel: 5}\nother: {<<: *b, kernel: 3, latent: *N}\nlist: {<<: [{a: 1}, {a: 2, b: 3}]}\n"
    let node = try ConfigurationFile.parse(text, source: "a.yaml")
    #expect(node["other"] == ["channels": 128, "kernel": 3, "latent": 128])
    #expect(node["list"] == ["a": 1, "b": 3])
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "null", "---\n", "---\n...\n"])
  func emptyFilesAreEmptyMaps(text: String) throws {
    #expect(try ConfigurationFile.parse(text, source: "a.yaml") == [:])
  }

  @Test(arguments: ["\u{FEFF}a: 1\n", "\u{FEFF}{\"a\": 1}", "a: 1\r\n", "a:\t1\n", "a: 1\n...\n", "---\na: 1\n", "%YAML 1.2\n---\na: 1\n"])
  func formsOfOneMap(text: String) throws { #expect(try ConfigurationFile.parse(text, source: "a.yaml") == ["a": 1]) }

  @Test func jsonIsRead() throws {
    #expect(
      try ConfigurationFile.parse("{\"a\": [1, 2.5, null, \"x\"], \"b\": {\"c\": false}}", source: "a.json") == [
        "a": [1, 2.5, .null, "x"], "b": ["c": false],
      ])
  }

  @Test(arguments: [
    (
      "a:\n  - x: *N\n  - y: &N 128\n",
      "a.yaml:2:8: the alias *N is used before its anchor &N (line 3); write the value &N here and *N there"
    ),
    (
      "a:\r\n  - x: *N\r\n  - y: &N 128\r\n",
      "a.yaml:2:8: the alias *N is used before its anchor &N (line 3); write the value &N here and *N there"
    ),
    ("a: 1\r\nb: 2\r\na: 3\r\n", "a.yaml:3:1: the key 'a' is given twice in one map, first at line 1; remove one of them"),
    (
      "... trimmed\na: 1\n",
      "a.yaml:1:1: '...' at the start of a line ends a YAML document; remove the line, or write it as a comment (# ...)"
    ),
    (
      "a: 1\n...\nb: 1\n",
      "a.yaml:2:1: '...' at the start of a line ends a YAML document; remove the line, or write it as a comment (# ...)"
    ),
    ("a: 1\nb: \u{1}\n", "a.yaml:2:1: not valid YAML: control characters are not allowed"),
    ("a: é\nb: é\nc: \u{1}\n", "a.yaml:3:1: not valid YAML: control characters are not allowed"),
    ("a: *N\n", "a.yaml:1:4: the alias *N has no anchor; write &N before the value it stands for"),
    ("a: *N\nb: &NN 3\n", "a.yaml:1:4: the alias *N has no anchor; write &N before the value it stands for"),
    ("a: &N\n  b: *N\n", "a.yaml:2:6: the alias *N is used inside the value of its own anchor &N (line 1); a value cannot contain itself"),
    ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: the key 'a' is given twice in one map, first at line 1; remove one of them"),
    ("t:\n  a: 1\n  a: 3\n", "a.yaml:3:3: the key 'a' is given twice in one map, first at line 2; remove one of them"),
    ("{a: 1, a: 2}", "a.yaml:1:2: the key 'a' is given twice in one map; remove one of them"),
    ("a: 1\n---\nb: 2\n", "a.yaml:2:1: a second YAML document starts here ('---'); keep one document in a file"),
    ("a: !env HOME\n", "a.yaml:1:4: the YAML tag '!env' is not known; remove it"),
    ("a: !!python/name:os 1\n", "a.yaml:1:4: the YAML tag '!!python/name:os' is not known; remove it"),
    (
      "a: b: c\n",
      "a.yaml:1:5: not valid YAML: a key cannot stand here; indent the line like the keys around it, or quote a text with a ':' in it"
    ),
    ("? [1, 2]\n: x\n", "a.yaml:1:3: a list or a map cannot be a key; quote it if it is meant as a text"),
    ("a: {<<: 3}\n", "a.yaml:1:5: '<<' merges a map or a list of maps, found 3"),
    ("just a text\n", "a.yaml:1:1: a configuration is a map of settings such as 'model: …', found the text 'just a text'"),
    ("- 1\n", "a.yaml:1:1: a configuration is a map of settings such as 'model: …', found a list"),
    (
      "a: [1, 2\n", "a.yaml:2:1: not valid YAML: did not find the expected ',' or ']' (while parsing a flow sequence that starts at line 1)"
    ),
    (
      "a:\n\t- b\n",
      "a.yaml:2:1: not valid YAML: a tab cannot indent a line; use spaces"
    ),
  ])
  func mistakes(text: String, expected: String) {
    #expect(message(of: text) == expected)
  }

  @Test func aliasBombsAndDepthAreRefused() {
    let bomb = (1...9).reduce("a0: &a0 [x, x, x, x, x, x, x, x, x]\n") {
      $0 + "a\($1): &a\($1) [" + Array(repeating: "*a\($1 - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(message(of: bomb)?.contains("holds more than 200000 values once its aliases are followed") == true)
    #expect(
      message(of: "a: " + String(repeating: "[", count: 300) + String(repeating: "]", count: 300))?.contains("nested more than 100 deep")
        == true)
    #expect(message(of: "a: " + String(repeating: "[", count: 100_000)) != nil)
  }
}
