public import Reporting
public import Results

/// Curves against anchors in BD-rate of PSNR and of MS-SSIM: the short answer to "which codec needs less".
///
/// The numbers are those of `CurveComparison`, without an interval.
public struct QuickComparison: Sendable, Equatable {
  /// One curve against one anchor.
  public struct Row: Sendable, Equatable {
    /// The curve's name.
    public let test: String
    /// The anchor's name.
    public let anchor: String
    /// At equal PSNR.
    public let psnr: CurveComparison
    /// At equal MS-SSIM in dB.
    public let msSSIM: CurveComparison

    /// Why a BD-rate is missing and what else a reader must know.
    public var notes: [String] {
      [("PSNR", psnr), ("MS-SSIM", msSSIM)].flatMap { name, comparison in
        (comparison.problem.map { ["no BD-rate (\(name)): \($0)"] } ?? []) + comparison.warnings
      }
    }
  }

  /// Each curve against each anchor; a file that is both is not compared with itself.
  public let rows: [Row]

  /// Compares results.
  ///
  /// - Throws: `ResultsError` never for files that can be written.
  public init(_ tests: [ResultsFile], anchors: [ResultsFile]) throws(ResultsError) {
    var rows: [Row] = []
    for test in tests {
      let curve = try MeasuredCurve(test)
      for anchor in anchors where anchor != test {
        let other = try MeasuredCurve(anchor)
        rows.append(
          Row(
            test: test.name, anchor: anchor.name, psnr: Self.comparison(curve, other, "psnr"),
            msSSIM: Self.comparison(curve, other, "ms_ssim_db")))
      }
    }
    self.rows = rows
  }

  private static func comparison(_ test: MeasuredCurve, _ anchor: MeasuredCurve, _ metric: String) -> CurveComparison {
    var options = CurveComparison.Options()
    options.metric = ComparisonMetric(metric)
    options.draws = 0
    return CurveComparison(test, against: anchor, options)
  }

  /// The rows as a table: the BD-rates and the ranges of quality they cover.
  public var table: TextTable {
    var table = TextTable([
      .init("codec", .left), .init("anchor", .left), .init("BD-rate PSNR [%]"), .init("range [dB]"), .init("BD-rate MS-SSIM [%]"),
      .init("range [dB]"),
    ])
    for row in rows {
      table.append([
        row.test, row.anchor, NumberText.signed(row.psnr.rate, decimals: 2), Self.range(row.psnr),
        NumberText.signed(row.msSSIM.rate, decimals: 2), Self.range(row.msSSIM),
      ])
    }
    return table
  }

  private static func range(_ comparison: CurveComparison) -> String {
    guard let range = comparison.range else { return NumberText.fixed(nil, decimals: 2) }
    return [range.lowerBound, range.upperBound].map { NumberText.fixed($0, decimals: 2) }.joined(separator: "–")
  }

  /// The notes of all rows, without repetition.
  public var notes: [String] {
    var seen: Set<String> = []
    return rows.flatMap(\.notes).filter { seen.insert($0).inserted }
  }
}
