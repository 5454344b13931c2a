import Testing

@testable import Configuration

@Suite struct OptionPathTests {
  static let valid: [(text: String, steps: [OptionPath.Step], appends: Bool)] = [
    ("a", [OptionPath.Step.key("a")], false), ("a.b_c", [.key("a"), .key("b_c")], false), ("a+", [.key("a")], true),
    ("a.b+", [.key("a"), .key("b")], true), ("a[0]", [.key("a"), .item("0")], false),
    ("a[0].b", [.key("a"), .item("0"), .key("b")], false),
    ("a[X].b+", [.key("a"), .item("X"), .key("b")], true), ("a[x.y.Z].b", [.key("a"), .item("x.y.Z"), .key("b")], false),
    ("a.[0]", [.key("a"), .item("0")], false), ("a[-1]", [.key("a"), .item("-1")], false), ("é.日", [.key("é"), .key("日")], false),
    ("no-a", [.key("no-a")], false), ("a[0][B].c", [.key("a"), .item("0"), .item("B"), .key("c")], false),
  ]

  @Test(arguments: valid)
  func paths(text: String, steps: [OptionPath.Step], appends: Bool) throws {
    let path = try #require(OptionPath(text))
    #expect(path.steps == steps && path.appends == appends)
  }

  @Test(arguments: [
    "", "+", ".", "a.", ".a", "a..b", "[0]", "[0].a", "a[", "a[]", "a[0", "a[0.b", "a[0]b", "a[x.y", "a][", "a[0][]", "a[][0]",
  ])
  func textsThatAreNone(text: String) { #expect(OptionPath(text) == nil, "\(String(describing: OptionPath(text)))") }

  @Test func noPathIsLongerThanWhatCanBeRead() {
    func path(_ count: Int) -> String { Array(repeating: "a", count: count).joined(separator: ".") }
    #expect(OptionPath(path(OptionPath.longest))?.steps.count == OptionPath.longest)
    #expect(OptionPath(path(OptionPath.longest + 1)) == nil)
    #expect(OptionPath(path(100_000)) == nil)
  }
}
