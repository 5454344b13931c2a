import Testing

@testable import Codecs

struct CommandWordsTests {
  @Test(arguments: [
    ("a  b\tc", ["a", "b", "c"]), ("a 'b c' d", ["a", "b c", "d"]), (#"a "b \" c" \ d"#, ["a", "b \" c", " d"]), ("'' x", ["", "x"]),
    (#"'a\b'"#, [#"a\b"#]), ("", []), ("pre'fix 'ed", ["prefix ed"]), ("$HOME;ls|*", ["$HOME;ls|*"]),
  ])
  func splits(line: String, words: [String]) throws { #expect(try CommandWords.split(line) == words) }

  @Test(arguments: ["'open", "\"open", "end\\"])
  func refuses(line: String) { #expect(throws: ToolCodecError.self) { try CommandWords.split(line) } }

  @Test func aPlaceholderInAValueIsNotFilledAgain() {
    let words = CommandWords.filled(["-q{quality}", "{input}", "{other}", "{"], ["quality": "7", "input": "/a/{quality}.png"])
    #expect(words == ["-q7", "/a/{quality}.png", "{other}", "{"])
  }
}
