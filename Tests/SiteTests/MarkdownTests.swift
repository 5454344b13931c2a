import Reporting
import Testing

@testable import Site

struct MarkdownTests {
  @Test(
    arguments: [
      ("a\nb\n\nc", "<p>a\nb</p><p>c</p>"), ("# T\ntext", "<h2>T</h2><p>text</p>"), ("####### x", "<p>####### x</p>"),
      ("a *b* **c** `d*e*`", "<p>a <em>b</em> <strong>c</strong> <code>d*e*</code></p>"), ("snake_case_name", "<p>snake_case_name</p>"),
      ("_a_ \\*b\\*", "<p><em>a</em> *b*</p>"), ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
      ("- a\n- b\n  - c", "<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul>"),
      ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"), ("> a\n> b", "<blockquote><p>a\nb</p></blockquote>"), ("***", "<hr>"),
      ("```sh\nls <x>\n```\nend", "<pre tabindex=\"0\"><code>ls &lt;x&gt;</code></pre><p>end</p>"),
      ("```\nopen", "<pre tabindex=\"0\"><code>open</code></pre>"),
      ("    code\n    more", "<pre tabindex=\"0\"><code>code\nmore</code></pre>"),
      (
        "[a](https://x.org/?q=1&r=2)",
        "<p><a href=\"https://x.org/?q=1&amp;r=2\" rel=\"nofollow noopener noreferrer external\">a</a></p>"
      ),
      ("[a](javascript:alert(1))", "<p>a (javascript:alert(1))</p>"), ("[a](file:///etc/passwd)", "<p>a (file:///etc/passwd)</p>"),
      ("[a](https://x\" onclick=\"y)", "<p>a (https://x&quot; onclick=&quot;y)</p>"), ("![a](https://x.org/p.png)", "<p>[picture: a]</p>"),
      ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>"), ("**<b>**", "<p><strong>&lt;b&gt;</strong></p>"), ("*", "<p>*</p>"),
      ("**", "<p>**</p>"),
      ("[a](", "<p>[a](</p>"), ("\\", "<p>\\</p>"), ("", ""),
    ])
  func blocks(text: String, expected: String) { #expect(Markdown(text).html.markup.replacing(">\n<", with: "><").trimmed == expected) }

  @Test func tables() {
    let html = Markdown("| a | b |\n|---|--:|\n| x | 1 |\n| <y> |\n").html.markup
    #expect(html.contains("<th class=\"text\" scope=\"col\">a</th>") && html.contains("<th scope=\"col\">b</th>"))
    #expect(html.contains("<td class=\"text\">&lt;y&gt;</td>") && html.split(separator: "<tr>").count == 4)
    #expect(!Markdown("a | b\nc | d").html.markup.contains("table"))
  }

  @Test(arguments: ["*", "[", "`", "> ", "- ", "**a", "[a](", "| a\n|---\n", "\\"]) func longTextsEnd(part: String) {
    let start = ContinuousClock.now
    let html = Markdown(String(repeating: part, count: 100_000)).html.markup
    // Only a text that takes time beyond all measure would fail; machines differ.
    #expect(html.contains("the rest is left out") && ContinuousClock.now - start < .seconds(100))
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed()) }
}
