import Reporting
import Results
import Testing

@testable import Reports

struct ReportPageTests {
  private let nasty = "</script><script>alert(1)</script> & \"x\" 'y' <!-- \u{0}\u{8} ]]>"

  @Test func nothingInItIsMarkup() throws {
    var report = try Sample.report([Sample.file(nasty), Sample.file("b\(nasty)", factor: 1.2)])
    report.title = nasty
    report.summary = nasty
    report.notes = [nasty]
    report.curves[0].origin = nasty
    report.curves[0].configuration = nasty
    let page = ReportPage(report).text
    #expect(!page.contains("<script>alert") && !page.contains("alert(1)</script>"))
    #expect(
      page.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; &#39;y&#39; &lt;!-- \u{fffd}\u{fffd} ]]&gt;"))
    #expect(page.contains(#"\u003c/script\u003e\u003cscript\u003ealert(1)"#))
    #expect(page.split(separator: "</script>").count == 3 && !page.contains("\u{0}"))
  }

  /// A text that looks like a mark of the frame stays a text.
  @Test func marksInTextsStayTexts() throws {
    var report = try Sample.report([Sample.file("a")])
    report.title = "<!--data--><!--script-->"
    #expect(ReportPage(report).text.contains("<title>&lt;!--data--&gt;&lt;!--script--&gt;</title>"))
  }

  @Test func itNeedsNothingElse() throws {
    let page = ReportPage(try Sample.report([Sample.file("a"), Sample.file("b", factor: 2)])).text
    #expect(page.contains("default-src 'none'"))
    for word in ["src=", "@import", "url(", "<link rel=\"stylesheet", "fetch(", "XMLHttpRequest", "import("] {
      #expect(!page.contains(word), "\(word)")
    }
    let addresses = page.matches(of: /https?:\/\/[^\s"'<]+/).map { String($0.output) }
    #expect(Set(addresses) == ["http://www.w3.org/2000/svg"], "\(addresses)")
  }

  @Test func numbersThatAreMissingAreDashes() throws {
    var report = try Sample.report([Sample.file("a"), Sample.file("one", points: 1), Sample.file("alone", images: 1)])
    report.timings = []
    let page = ReportPage(report).text
    #expect(page.contains("–") && !page.contains("nan") && !page.lowercased().contains(">inf<"))
  }

  @Test func anEmptyReportIsAPage() {
    let page = ReportPage(Report(title: "Nothing", summary: "", program: "p", date: "d")).text
    #expect(page.contains("Nothing can be concluded") && page.contains("There are no curves.") && page.hasSuffix("</html>\n"))
  }

  @Test func everyIdentifierIsUnique() throws {
    let page = ReportPage(try Sample.report([Sample.file("a"), Sample.file("b", factor: 2)])).text
    let identifiers = page.matches(of: /\ id="([^"]+)"/).map { String($0.output.1) }
    #expect(Set(identifiers).count == identifiers.count, "\(identifiers)")
    for link in page.matches(of: /href="#([^"]+)"/).map({ String($0.output.1) }) { #expect(identifiers.contains(link), "\(link)") }
  }

  @Test func dataHoldsEveryImage() throws {
    let report = try Sample.report([Sample.file("a", points: 3, images: 4), Sample.file("b", factor: 2)])
    guard case .object(let data) = PageData(report).json, case .array(let curves)? = data["curves"],
      case .object(let first)? = curves.first,
      case .array(let values)? = first["imageValues"], case .array(let images)? = values.first
    else {
      Issue.record("the data has another shape")
      return
    }
    #expect(curves.count == 2 && values.count == 3 && images.count == 4)
    #expect(first["imageKeys"] == .array(["bpp_file", "bpp", "psnr", "ms_ssim_db", "ms_ssim"].map { .string($0) }))
  }

  @Test(arguments: [([], ""), ([0x66], "Zg=="), ([0x66, 0x6f], "Zm8="), ([0x66, 0x6f, 0x6f], "Zm9v"), ([0xff, 0xfe, 0, 1], "//4AAQ==")])
  func base64(bytes: [UInt8], expected: String) { #expect(Base64.text(bytes) == expected) }

  @Test(arguments: [([0xff, 0xd8, 0xff], "image/jpeg"), (Array("RIFFxxxxWEBP".utf8), "image/webp"), ([0x89, 0x50], "image/png")])
  func kindsOfPictures(bytes: [UInt8], kind: String) {
    #expect(PictureSet.address(of: bytes).hasPrefix("data:\(kind);base64,"))
  }
}
