import Configuration
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct NodeYAMLTests {
  @Test func textIsReadableAndOrdered() {
    let node: Node = [
      "model": ["class_path": "models.FactorizedPrior", "init_args": ["channels": 128, "beta_min": 1e-6, "prior": .null]],
      "callbacks": [["class_path": "callbacks.ModelCheckpoint", "init_args": ["every": 10]], "x", [[1, 2], ["a"]]], "sizes": [1, 2.5],
      "empty": [], "none": [:],
    ]
    let expected = """
      # resolved
      #
      # by a test
      model:
        class_path: models.FactorizedPrior
        init_args:
          channels: 128
          beta_min: 1e-06
          prior: null
      callbacks:
        - class_path: callbacks.ModelCheckpoint
          init_args:
            every: 10
        - x
        -
          - [1, 2]
          -
            - a
      sizes: [1, 2.5]
      empty: []
      none: {}

      """
    #expect(node.yaml(header: ["resolved", "", "by a test"]) == expected)
  }

  @Test(arguments: [
    "", " ", "a b", "true", "null", "~", "1e-6", "017", "0x1f", "yes", "a: b", "a #b", "#b", "- a", "-", "'q'", "\"q\"", "back\\slash",
    "two\nlines", "tab\t",
    "é", "日本", "a, b", "[x]", "{x}", "*x", "&x", "!x", "%x", "@x", "`x", "|", ">", "?", "? x", "x:", "x ", "...", "---", "--- a", "<<", "=",
    "./data", "/abs/path",
    "\u{7}", "\u{85}", "\u{2028}", "🙂", "1_000", ".inf", ".", "..", "a=b", "(x)", "C:\\x", "~/data",
    "\u{FFFE}", "a\u{FFFF}b", "a\u{FEFF}b", "\u{2029}", "... x", "...x", "\r\n", "\u{1B}[1m", "y", "No", "0o17", "e\u{301}", "${N}",
  ])
  func textsRoundTrip(text: String) throws {
    let node = Node.map([("value", Node(.string(text))), ("list", Node(.list([Node(.string(text))])))])
    #expect(try ConfigurationFile.parse(node.yaml(), source: "a.yaml") == node)
    let key = Node.map([(text, 1)])
    #expect(try text == "<<" || ConfigurationFile.parse(key.yaml(), source: "a.yaml") == key)
  }

  /// Whatever a command line or a file name holds, the text can be read again.
  @Test(arguments: ["a\nb: 1", "a\r\nb: [", "a\rb", "\u{85}x: 1", "\u{2028}[", "\u{1B}[1m", "\u{0}", "\u{FFFF}", "#", ""])
  func commentsStayComments(comment: String) throws {
    let node: Node = ["a": ["b": 1], "l": [["c": 2], 3]]
    let text = node.yaml(header: [comment, "second"]) { _, _ in YAMLComment(above: [comment], beside: comment) }
    #expect(try ConfigurationFile.parse(text, source: "a.yaml") == node)
  }

  @Test(arguments: [0.1, 1e-6, 1e300, Double.leastNonzeroMagnitude, -0.0, 1, .infinity, -.infinity, 1.0 / 3])
  func numbersRoundTrip(value: Double) throws {
    let node: Node = ["value": Node(.double(value))]
    #expect(try ConfigurationFile.parse(node.yaml(), source: "a.yaml") == node)
  }

  @Test func commentsTellOrigins() throws {
    let node = try ConfigurationFile.parse("a:\n  b: 3\n", source: "a.yaml")
    let text = node.yaml { path, node in YAMLComment(above: ["the value at \(path)"], beside: node.mark.shortDescription) }
    #expect(text == "# the value at a\na:  # a.yaml:2\n  # the value at a.b\n  b: 3  # a.yaml:2\n")
  }

  @Test func jsonRoundTrips() throws {
    let node: Node = ["a": [1, 2.5, .null, "x", true], "b": ["c": false]]
    let decoded = try JSONDecoder().decode(Node.self, from: JSONEncoder().encode(node))
    #expect(decoded == node)
  }

  /// Whatever is typed into a file, reading it ends with a tree or a sentence.
  @Test func mutatedFilesNeverTrap() throws {
    let valid = Array("a: &N 128\nb: {class_path: x.Y, init_args: {c: *N, d: [1, 2e-3, 'q']}}\n<<: {e: |\n  text}\n# end\n".utf8)
    let letters = Array("&*:{}[]-!|>'\"#%@,?\n\t 0aN<~\u{FF}".utf8)
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<1000 {
      var bytes = valid
      for _ in 0...next(4) {
        switch next(3) {
        case 0: bytes[next(bytes.count)] = letters[next(letters.count)]
        case 1: bytes.insert(letters[next(letters.count)], at: next(bytes.count))
        default: bytes.removeSubrange(next(bytes.count / 2)..<(bytes.count / 2 + next(bytes.count / 2)))
        }
        if bytes.count < 4 { bytes = valid }
      }
      do {
        let node = try ConfigurationFile.parse(String(decoding: bytes, as: UTF8.self), source: "a.yaml")
        #expect(try ConfigurationFile.parse(node.yaml(), source: "a.yaml") == node)
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }
}
