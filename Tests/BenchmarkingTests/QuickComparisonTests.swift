import Benchmarking
import Reporting
import Results
import Testing

struct QuickComparisonTests {
  /// Four points whose rates are those of a common curve times `factor`; MS-SSIM only when asked for.
  private func file(_ name: String, factor: Double, msSSIM: Bool = true, points: Int = 4) -> ResultsFile {
    let rates = [0.125, 0.25, 0.5, 1]
    let list = (0..<points).map { index in
      let bytes = Int(rates[index] * factor * 8000)
      let row = ImageResult(
        name: "a.png", width: 320, height: 200, estimatedBits: nil, payloadBytes: bytes, fileBytes: bytes,
        psnr: 28 + 3 * Double(index),
        msSSIM: msSSIM ? 1 - 0.1 / Double(1 << index) : nil)
      return RatePoint(aggregating: [row], label: "quality \(index)")
    }
    return ResultsFile(
      name: name, description: "",
      model: ModelDescription(classPath: "codecs.JPEG", parameterCount: nil, weightsSHA256: nil, trainingStep: nil),
      dataset: DatasetDescription(name: "x", folder: "x", imageCount: 1, manifestSHA256: nil),
      environment: Environment(
        benchpressoVersion: "0", gitCommit: nil, libtorchVersion: nil, threads: 1, seed: nil, codecVersions: [:]), points: list)
  }

  @Test func halfTheRateIsMinusFiftyPercent() throws {
    let comparison = try QuickComparison([file("half", factor: 0.5)], anchors: [file("anchor", factor: 1)])
    let row = try #require(comparison.rows.first)
    #expect((row.test, row.anchor) == ("half", "anchor"))
    #expect(abs(try #require(row.psnr.rate) + 50) < 1e-9)
    #expect(abs(try #require(row.msSSIM.rate) + 50) < 1e-9)
    #expect(row.notes.isEmpty && comparison.notes.isEmpty)
    let text = comparison.table.text(.csv)
    #expect(text.contains("half,anchor,-50.00,28.00–37.00,-50.00,10.00–19.03"))
  }

  /// There is one computation of BD-rate: what 'compare' prints.
  @Test func theNumbersAreThoseOfTheComparison() throws {
    let (test, anchor) = (file("test", factor: 0.8), file("anchor", factor: 1))
    let row = try #require(try QuickComparison([test], anchors: [anchor]).rows.first)
    let comparison = CurveComparison(try MeasuredCurve(test), against: try MeasuredCurve(anchor))
    #expect(row.psnr.rate == comparison.rate && row.psnr.range == comparison.range && row.psnr.rateKey == "bpp_file")
  }

  @Test func everyTestAgainstEveryAnchorButItself() throws {
    let files = [file("a", factor: 1), file("b", factor: 2), file("c", factor: 3)]
    let rows = try QuickComparison(files, anchors: Array(files.prefix(2))).rows
    #expect(rows.map { "\($0.test)/\($0.anchor)" } == ["a/b", "b/a", "c/a", "c/b"])
  }

  @Test func whatDoesNotExistIsADashWithANote() throws {
    let comparison = try QuickComparison([file("test", factor: 0.5, msSSIM: false)], anchors: [file("one point", factor: 1, points: 1)])
    let row = try #require(comparison.rows.first)
    #expect(row.psnr.rate == nil && row.msSSIM.rate == nil)
    #expect(row.notes[0] == "no BD-rate (PSNR): curve 'one point' has 1 rate points, but pchip needs at least 2; measure more")
    #expect(comparison.table.text(.csv).contains("test,one point,–,–,–,–"))
  }

  @Test func tableOfRatePoints() {
    let text = RatePointTable.make([file("a", factor: 1), file("b", factor: 2)]).text(.csv)
    #expect(text.split(separator: "\n").count == 9)
    #expect(text.contains("a,quality 0,–,0.1250,"))
  }
}
