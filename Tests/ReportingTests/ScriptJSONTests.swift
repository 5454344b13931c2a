import Results
import Testing

@testable import Reporting

struct ScriptJSONTests {
  @Test(
    arguments: [
      (.null, "null"), (.bool(true), "true"), (.integer(-3), "-3"), (.number(0.5), "0.5"), (.number(.nan), "null"),
      (.number(.infinity), "null"), (.array([.integer(1), .null]), "[1,null]"),
      (.object(["b": .integer(1), "a": .integer(2)]), #"{"a":2,"b":1}"#),
      (.string("a\"b\\c\n"), #""a\"b\\c\u000a""#), (.string("</script><!--"), #""\u003c/script\u003e\u003c!--""#),
      (.string("a&b\u{2028}é😀"), #""a\u0026b\u2028é😀""#),
    ] as [(JSONValue, String)])
  func text(value: JSONValue, expected: String) { #expect(ScriptJSON.text(value) == expected) }

  @Test(arguments: [(0.123456789, "0.123457"), (0, "0.0"), (-1234567.8, "-1234570.0"), (1e-12, "1e-12")])
  func short(value: Double, expected: String) { #expect(ScriptJSON.text(.short(value)) == expected) }

  @Test func shortOfNothing() {
    #expect(ScriptJSON.text(.short(nil)) == "null" && ScriptJSON.text(.short(-.infinity)) == "null")
  }
}
