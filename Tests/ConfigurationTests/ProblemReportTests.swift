import Configuration
import Testing

@Suite struct ProblemReportTests {
  private static func lines(_ text: String?, line: Int, column: Int, source: String = "a.yaml") -> [String] {
    let problem = Problem(mark: Mark(source: source, line: line, column: column), path: "a", sentence: "is wrong")
    return ProblemReport.lines(problem) { _ in text }
  }

  @Test(arguments: [
    ("a: 1\nb: wrong\n", 2, 4, "     2 | b: wrong", "       |    ^^^^^"), ("a: [x, yy]", 1, 8, "     1 | a: [x, yy]", "       |        ^^"),
    ("\ta:\tb", 1, 5, "     1 |  a: b", "       |     ^"), ("日本: é🙂x", 1, 5, "     1 | 日本: é🙂x", "       |     ^^^"),
    ("e\u{301}: x", 1, 5, "     1 | e\u{301}: x", "       |     ^"),
    ("a: 1\r\nb: wrong\r\n", 2, 4, "     2 | b: wrong", "       |    ^^^^^"),
    ("a: 1\rb: x", 2, 4, "     2 | b: x", "       |    ^"), ("a: \u{1B}[1m", 1, 4, "     1 | a: \u{FFFD}[1m", "       |    ^"),
    ("a:", 1, 3, "     1 | a:", "       |   ^"),
    (String(repeating: "\n", count: 99_999) + "ab", 100_000, 1, " 100000 | ab", "        | ^^"),
  ])
  func excerpts(text: String, line: Int, column: Int, shown: String, marked: String) {
    #expect(Self.lines(text, line: line, column: column) == ["error: a.yaml:\(line):\(column): a: is wrong", shown, marked])
  }

  @Test(arguments: [(1, 0), (1, 60), (1, 500), (1, 999), (1, 1000), (1, 1001)])
  func longLinesAreCutAroundThePlace(line: Int, column: Int) throws {
    let text = (0..<100).map { String(repeating: " ", count: $0 % 10 == 0 ? 3 : 0) + "word\($0)" }.joined(separator: ",")
    let whole = text + String(repeating: "z", count: 1000 - text.count)
    let lines = Self.lines(whole, line: line, column: column)
    try #require(lines.count == 3)
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 130 })
    // The mark stands below the same letter.
    let start = lines[2].prefix { $0 != "^" }.count
    let letter = start < lines[1].count ? lines[1][lines[1].index(lines[1].startIndex, offsetBy: start)] : nil
    let expected = column == 1001 ? nil : whole[whole.index(whole.startIndex, offsetBy: max(column, 1) - 1)]
    #expect(letter == expected)
  }

  @Test(arguments: [(0, 0), (3, 1), (2, 9), (1, 99)])
  func placesOutsideOfTheTextShowNoExcerpt(line: Int, column: Int) {
    #expect(Self.lines("a: 1\nb", line: line, column: column).count == 1)
  }

  @Test func sourcesThatAreNoFilesShowNoExcerpt() {
    for source in ["--a", "$A", "default", "command line"] { #expect(Self.lines("a: 1", line: 1, column: 1, source: source).count == 1) }
    #expect(Self.lines(nil, line: 1, column: 1).count == 1)
  }

  @Test func aProblemIsOneLineWhateverItNames() {
    let problem = Problem(mark: Mark(source: "a\nb.yaml", line: 1, column: 1), path: "k\r\ney", sentence: "found 'x\ny\u{2028}z\u{1B}[1m'")
    #expect(problem.description == "a b.yaml:1:1: k ey: found 'x y z\u{FFFD}[1m'")
    #expect(Note(mark: .defaults, path: "a\nb", sentence: "c\nd").description == "a b: c d")
  }

  @Test func filesAreReadAgain() {
    let path = #filePath
    #expect(ProblemReport.read(path)?.hasPrefix("import Configuration") == true)
    #expect(ProblemReport.read(path + ".absent") == nil)
    let problem = Problem(mark: Mark(source: path, line: 1, column: 8), path: "", sentence: "is wrong")
    #expect(
      ProblemReport.lines(problem) == ["error: \(path):1:8: is wrong", "     1 | import Configuration", "       |        ^^^^^^^^^^^^^"])
  }

  @Test(arguments: [
    (Mark.option("a.b"), "a.b", "--a.b: is wrong"), (.option("m.b"), "m.init_args.b", "--m.b: is wrong"),
    (.option("m"), "m.init_args.b", "--m: m.init_args.b: is wrong"),
    (.environment("BENCHPRESSO_A"), "a", "$BENCHPRESSO_A: a: is wrong"), (.defaults, "", "is wrong"),
    (.defaults, "a", "a: is wrong"),
    (Mark(source: "a.yaml"), "", "a.yaml: is wrong"), (Mark(source: "a.yaml", line: 2, column: 3), "a", "a.yaml:2:3: a: is wrong"),
  ])
  func descriptions(mark: Mark, path: String, expected: String) {
    #expect(Problem(mark: mark, path: path, sentence: "is wrong").description == expected)
    #expect(Note(mark: mark, path: path, sentence: "is wrong").description == expected)
  }

  @Test func problemsAreSortedByPlaceAndToldOnce() {
    func problem(_ source: String, _ line: Int, _ column: Int = 1) -> Problem {
      Problem(mark: Mark(source: source, line: line, column: column), path: "", sentence: "x")
    }
    let error = ConfigurationError([problem("b", 9), problem("a", 7), problem("b", 2, 5), problem("b", 2), problem("b", 9)])
    #expect(error.problems == [problem("b", 2), problem("b", 2, 5), problem("b", 9), problem("a", 7)])
    #expect(error.description == "b:2:1: x\nb:2:5: x\nb:9:1: x\na:7:1: x")
  }
}
