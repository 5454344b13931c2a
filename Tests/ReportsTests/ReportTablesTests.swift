import Reporting
import Results
import Testing

@testable import Reports

struct ReportTablesTests {
  @Test func pointsOfTwoDataSetsStandSideBySide() throws {
    let curves = try [
      Sample.curve(Sample.file("fp", points: 2)), Sample.curve(Sample.file("fp", factor: 2, points: 1, dataset: "clic")),
    ]
    let metrics = [ComparisonMetric("psnr"), ComparisonMetric("ms_ssim_db"), ComparisonMetric("lpips_vgg")]
    let table = ReportTables.points(curves, metrics: metrics)
    #expect(
      table.columns.map(\.title) == [
        "point", "kodak bpp", "kodak PSNR [dB]", "kodak MS-SSIM [dB]", "clic bpp", "clic PSNR [dB]", "clic MS-SSIM [dB]",
      ])
    #expect(table.rows.count == 2 && table.rows[1][4...] == ["–", "–", "–"] && table.rows[0][2] == "26.000")
  }

  @Test func latexHasTheRulesOfBooktabs() throws {
    let report = try Sample.report([Sample.file("bpg_444"), Sample.file("fp_gdn", factor: 1.4)])
    let latex = ReportTables.deltas(try #require(report.comparisons.first)).text(.latex)
    for rule in ["\\toprule", "\\midrule", "\\bottomrule"] { #expect(latex.contains(rule)) }
    #expect(latex.contains("fp\\_gdn"))
  }

  @Test func pairsSayWhoNeedsLess() throws {
    let report = try Sample.report([Sample.file("a"), Sample.file("b", factor: 1.5)])
    let table = ReportTables.pairs(try #require(report.conclusions.first))
    #expect(table.rows.count == 1 && table.rows[0].last == "the first needs fewer bits", "\(table.rows)")
  }
}
