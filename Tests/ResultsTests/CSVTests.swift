import Results
import Testing

@Suite struct CSVTests {
  static let fields: [(String, String)] = [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
    ("dos\r\nlines", "\"dos\r\nlines\""), (" spaces ", " spaces "), ("\"", "\"\"\"\""),
  ]

  @Test(arguments: fields)
  func quotesWhereNeeded(_ field: String, _ expected: String) {
    #expect(CSV.quoted(field) == expected)
  }

  @Test func linesEndInANewline() {
    #expect(CSV.line(["a", "b,c", ""]) == "a,\"b,c\",\n")
  }
}
