import Testing

@testable import Reporting

struct HTMLTests {
  @Test(
    arguments: [
      ("plain", "plain"), ("é – 😀\n\t", "é – 😀\n\t"), ("a<b", "a&lt;b"), ("a>b&c", "a&gt;b&amp;c"), ("\"'", "&quot;&#39;"),
      ("a\u{0}b", "a\u{fffd}b"),
      ("\u{1b}[31m", "\u{fffd}[31m"), ("\u{7f}", "\u{fffd}"), ("\u{85}", "\u{fffd}"), ("\u{a0}", "\u{a0}"), ("\r", "\u{fffd}"), ("", ""),
    ])
  func texts(text: String, expected: String) { #expect(HTML(text).markup == expected) }

  @Test func elements() {
    #expect(HTML.inline("a", ["href": "x\"y", "class": nil], HTML("<")).markup == "<a href=\"x&quot;y\">&lt;</a>")
    #expect(HTML.void("hr").markup == "<hr>" && HTML.element("p", [:], HTML("a"), HTML("b")).markup == "<p>ab</p>\n")
  }
}
