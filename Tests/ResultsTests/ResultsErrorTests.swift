import Results
import SafeFiles
import Testing

@Suite struct ResultsErrorTests {
  static let messages: [(ResultsError, String)] = [
    (
      .file(FileError(operation: "read", path: "r", code: 2)),
      "cannot read 'r': no such file or folder; check the spelling and the folder it is in"
    ),
    (.notJSON(file: "r", reason: "it ends early"), "'r' is not valid JSON: it ends early; write it again with 'benchpresso test'"),
    (
      .wrongSchema(file: "r", found: "x/2"),
      "'r' has the schema 'x/2', but this version reads 'benchpresso.results/1'; measure again or use the version that wrote it"
    ),
    (.wrongSchema(file: "r", found: nil), "'r' is not a Benchpresso results file: it has no 'schema'; expected 'benchpresso.results/1'"),
    (.missingKey(file: "r", key: "a.b"), "'r' lacks 'a.b'; the file was cut or edited, write it again"),
    (.wrongValue(file: "r", key: "a[1].b", expected: "a number"), "'r': 'a[1].b' must be a number"),
    (.unknownKeys(file: "r", keys: ["a", "b"]), "'r' has keys that 'benchpresso.results/1' does not: 'a', 'b'; remove them"),
    (.inconsistent(file: "r", reason: "it has no rate points"), "'r' contradicts itself: it has no rate points; write it again"),
    (.notFinite(file: "r", key: "a"), "cannot write 'r': 'a' is not a finite number, and JSON has no other; use null and a note"),
  ]

  @Test(arguments: messages)
  func saysWhatIsWrong(_ error: ResultsError, _ message: String) {
    #expect(error.description == message)
  }
}
