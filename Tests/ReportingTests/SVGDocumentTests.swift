import Testing

@testable import Reporting

@Suite struct SVGDocumentTests {
  @Test(arguments: [(100.0, "100"), (0.5, "0.5"), (-0.001, "0"), (1.256, "1.26"), (-3.10, "-3.1"), (1000, "1000")])
  func numbersAreShort(_ value: Double, _ expected: String) {
    #expect(SVGDocument.number(value) == expected)
  }

  @Test func textIsNeverMarkup() {
    #expect(SVGDocument.escaped("<a b=\"c\"> & \u{1}d") == "&lt;a b=&quot;c&quot;&gt; &amp; d")
  }

  @Test func elementsAreWellFormed() {
    var document = SVGDocument(width: 10, height: 5, background: "#fff")
    document.text("a<b", x: 1, y: 2, size: 3, rotated: true)
    #expect(document.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "))
    #expect(document.text.contains("transform=\"rotate(-90 1 2)\">a&lt;b</text>\n</svg>\n"))
  }
}
