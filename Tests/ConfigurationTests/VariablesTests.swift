import Testing

@testable import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct VariablesTests {
  static func substitute(_ text: String, options: [(String, String)] = []) throws -> (tree: Node, problems: [Problem]) {
    var log = MergeLog()
    let tree = try ConfigurationFile.parse(text, source: "a.yaml").applying(options.map { Override(path: $0.0, value: $0.1) }, log: &log)
    var problems: [Problem] = []
    return (Variables.substituted(in: tree, problems: &problems), problems)
  }

  static let valid: [(text: String, tree: Node)] = [
    ("vars: {N: 128}\na: ${N}", ["a": 128]), ("vars: {N: 1e-6}\na: ${N}", ["a": 1e-6]), ("vars: {N: true}\na: ${ N }", ["a": true]),
    ("vars: {N: null}\na: ${N}", ["a": .null]), ("vars: {N: [1, 2]}\na: ${N}", ["a": [1, 2]]),
    ("vars: {N: {b: 1}}\na: ${N}", ["a": ["b": 1]]),
    ("vars: {N: '3'}\na: ${N}", ["a": "3"]), ("vars: {N: 3}\na: ['${N}', {b: '${N}'}]", ["a": [3, ["b": 3]]]),
    ("vars: {N: 3, M: '${N}'}\na: ${M}", ["a": 3]), ("vars: {M: ['${N}', 1], N: 3}\na: ${M}", ["a": [3, 1]]),
    ("vars: {N: 3, x: y}\na: q${N}_${x}.yaml", ["a": "q3_y.yaml"]), ("vars: {N: 1e-3}\na: r${N}", ["a": "r1e-3"]),
    ("vars: {N: true}\na: is ${N}", ["a": "is true"]), ("a: $${N}", ["a": "${N}"]), ("a: x$${N}$$", ["a": "x${N}$$"]),
    ("a: $5 and $", ["a": "$5 and $"]), ("vars: {N: 3}\na: $${N} ${N}", ["a": "${N} 3"]), ("a: {}", ["a": [:]]),
    ("vars: null\na: 1", ["a": 1]),
    ("vars: {N: '$${M}'}\na: ${N}", ["a": "${M}"]),
  ]

  @Test(arguments: valid)
  func values(text: String, expected: Node) throws {
    let (tree, problems) = try Self.substitute(text)
    #expect(tree == expected)
    #expect(problems.isEmpty)
  }

  @Test func theEnvironment() throws {
    setenv("BENCHPRESSO_TEST_VARIABLES", "12", 1)
    setenv("BENCHPRESSO_TEST_VARIABLES_BAD", "[1", 1)
    defer { for name in ["BENCHPRESSO_TEST_VARIABLES", "BENCHPRESSO_TEST_VARIABLES_BAD"] { unsetenv(name) } }
    let good = try Self.substitute("a: ${env:BENCHPRESSO_TEST_VARIABLES}\nb: x${env:BENCHPRESSO_TEST_VARIABLES}")
    #expect(good.tree == ["a": 12, "b": "x12"] && good.problems.isEmpty)
    #expect(good.tree["a"]?.mark.description == "a.yaml:1:4")
    let bad = try Self.substitute("a: ${env:BENCHPRESSO_TEST_VARIABLES_BAD}\nb: ${env:BENCHPRESSO_TEST_NOT_SET}")
    #expect(
      bad.problems.map(\.description) == [
        "a.yaml:1:4: a: the environment variable 'BENCHPRESSO_TEST_VARIABLES_BAD' holds a value that cannot be read: not valid YAML: did not find "
          + "the expected ',' or ']' (while parsing a flow sequence that starts at line 1)",
        "a.yaml:2:4: b: the environment variable 'BENCHPRESSO_TEST_NOT_SET' is not set; set it, or write a value in place of ${env:BENCHPRESSO_TEST_NOT_SET}",
      ])
  }

  @Test(arguments: [
    ("a: ${N}", "a.yaml:1:4: a: there is no variable ${N}; no variables are declared; declare it at the top with 'vars: {N: …}'"),
    (
      "vars: {width: 3, M: 4}\na: {b: ['${widht}']}",
      "a.yaml:2:9: a.b[0]: there is no variable ${widht}; did you mean 'width'? Declared: width, M"
    ),
    ("vars: {N: '${N}'}\na: ${N}", "a.yaml:1:11: vars.N: the variable ${N} → ${N} contains itself"),
    ("vars: {A: '${B}', B: 'x${A}'}\na: ${A}", "a.yaml:1:22: vars.B: the variable ${A} → ${B} → ${A} contains itself"),
    ("a: ${N", "a.yaml:1:4: a: a '${' without its '}'; write '$${' for the characters themselves"),
    ("vars: {N: [1]}\na: x${N}", "a.yaml:2:4: a: ${N} is a list and cannot stand inside a text"),
    ("vars: {N: null}\na: x${N}", "a.yaml:2:4: a: ${N} is null and cannot stand inside a text"),
    ("vars: 3\na: 1", "a.yaml:1:7: vars: expected a map such as {N: 128, M: 192}, found 3"),
    ("a: ${}", "a.yaml:1:4: a: there is no variable ${}; no variables are declared; declare it at the top with 'vars: {: …}'"),
  ])
  func mistakes(text: String, expected: String) throws {
    #expect(try Self.substitute(text).problems.map(\.description) == [expected])
  }

  @Test func typedVariables() throws {
    let text = "vars: {N: 128, M: 192, unused: 1}\na: ${N}\nb: x${M}"
    let good = try Self.substitute(text, options: [("vars.N", "192"), ("vars.M", "320")])
    #expect(good.tree == ["a": 192, "b": "x320"] && good.problems.isEmpty)
    #expect(good.tree["a"]?.mark.description == "a.yaml:2:4")
    let bad = try Self.substitute(text, options: [("vars.n", "192")]).problems
    #expect(bad.map(\.description) == ["--vars.n: nothing uses ${n}; did you mean 'N'? Used here: M, N"])
    let none = try Self.substitute("a: 1", options: [("vars.N", "1")]).problems
    #expect(none.map(\.description) == ["--vars.N: nothing uses ${N}; no ${…} is used in this configuration"])
  }

  @Test(arguments: ["${N}", "$${N}", "x${", "$", "$$", "$$$${N}", "${env:HOME}", "a ${b} c ${d}", "}", "${a}${b}"])
  func escapedTextsComeBack(text: String) {
    let tree: Node = ["a": Node(.string(text)), "l": [Node(.string(text)), 1]]
    var problems: [Problem] = []
    #expect(Variables.substituted(in: Variables.escaped(tree), problems: &problems) == tree)
    #expect(problems.isEmpty)
  }

  @Test(arguments: [("${N}", ["N"]), ("a${N}b${ M }", ["N", "M"]), ("$${N}", []), ("${env:HOME}", []), ("x", []), ("${N", [])])
  func names(text: String, expected: [String]) { #expect(Variables.names(in: text) == expected) }

  /// Each variable holds the one before it twice, or in a list in a list.
  @Test(arguments: ["x${a#}${a#}", "[['${a#}'], '${a#}']"])
  func bombsAreRefused(form: String) throws {
    let variables = (1...300).map { "  a\($0): \(form.replacing("#", with: "\($0 - 1)"))\n" }.joined()
    let problems = try Self.substitute("vars:\n  a0: xx\n\(variables)b: ${a300}\n").problems
    #expect(!problems.isEmpty && problems.count < 10)
    #expect(problems.allSatisfy { $0.sentence == "variables within variables hold too much here; write the values down" })
  }
}
