public import Reporting
public import Results

/// The tables of a report, for the page and for papers.
public enum ReportTables {
  /// BD-rates with intervals, a row for each curve.
  public static func deltas(_ comparison: ReportComparison) -> TextTable {
    let unit = comparison.metric.unit.isEmpty ? "" : " [\(comparison.metric.unit)]"
    var table = TextTable([
      .init("codec", .left), .init("BD-rate [%]"), .init("95 % interval"), .init("BD-\(comparison.metric.title)\(unit)"),
      .init("overlap [%]"), .init("images better"), .init("mean of images [%]"),
    ])
    for row in comparison.rows {
      table.append([
        row.name, NumberText.signed(row.rate, decimals: 2), interval(row.interval), NumberText.signed(row.quality, decimals: 3),
        NumberText.fixed(row.overlap.map { $0 * 100 }, decimals: 0), row.imagesBetter.map { "\($0) of \(row.images.count)" } ?? "–",
        NumberText.signed(row.meanRate, decimals: 2),
      ])
    }
    return table
  }

  /// Every curve against every other.
  public static func pairs(_ conclusions: Conclusions) -> TextTable {
    var isOfSeeds = false
    if case .seeds = conclusions.basis { isOfSeeds = true }
    var table = TextTable([
      .init("first", .left), .init("second", .left), .init(isOfSeeds ? "difference of the BD-rates [points]" : "BD-rate [%]"),
      .init("interval for all pairs"), .init("verdict", .left),
    ])
    for pair in conclusions.pairs {
      let verdict =
        switch pair.verdict {
        case .firstNeedsLess: "the first needs fewer bits"
        case .secondNeedsLess: "the second needs fewer bits"
        case .notToldApart: "not told apart"
        case .unknown: "unknown"
        }
      table.append([
        conclusions.names[pair.first], conclusions.names[pair.second], NumberText.signed(pair.rate, decimals: 2), interval(pair.interval),
        verdict,
      ])
    }
    return table
  }

  /// The points of one curve as the thesis prints them: rate and measures, a row for each rate point, side by side for each data set.
  public static func points(_ curves: [ReportCurve], metrics: [ComparisonMetric]) -> TextTable {
    let columns = curves.flatMap { curve -> [TextTable.Column] in
      let prefix = curves.count > 1 ? "\(curve.dataset) " : ""
      return [.init("\(prefix)bpp")] + own(curve, metrics).map { .init("\(prefix)\($0.title)\($0.unit.isEmpty ? "" : " [\($0.unit)]")") }
    }
    var table = TextTable([.init("point", .left)] + columns)
    let sorted = curves.map { curve in curve.measured.points.sorted { rate($0) < rate($1) } }
    for index in 0..<(sorted.map(\.count).max() ?? 0) {
      let cells = zip(curves, sorted).flatMap { curve, points -> [String] in
        let point = points.indices.contains(index) ? points[index] : nil
        return [NumberText.fixed(point.map(rate), decimals: 3)]
          + own(curve, metrics).map { NumberText.fixed(point?.values[$0.key], decimals: 3) }
      }
      let label = sorted.compactMap { $0.indices.contains(index) ? $0[index].label : nil }.first ?? ""
      table.append([label] + cells)
    }
    return table
  }

  private static func own(_ curve: ReportCurve, _ metrics: [ComparisonMetric]) -> [ComparisonMetric] {
    metrics.filter { metric in curve.measured.points.contains { $0.values[metric.key] != nil } }
  }

  private static func rate(_ point: MeasuredCurve.Point) -> Double { point.values["bpp_file"] ?? point.values["bpp"] ?? 0 }

  /// Medians with intervals.
  public static func times(_ timing: ReportTiming) -> TextTable {
    var table = TextTable([
      .init("variant", .left), .init("size", .left), .init("batch"), .init("encoding [ms]"), .init("95 % interval"),
      .init("decoding [ms]"), .init("95 % interval"), .init("peak memory [MB]"),
    ])
    for point in timing.file.points {
      let cells = TimingDirection.allCases.flatMap { direction -> [String] in
        let summary = point[direction]?.summary
        let ends = summary?.medianInterval.map {
          "\(NumberText.fixed($0.lower * 1000, decimals: 2)) … \(NumberText.fixed($0.upper * 1000, decimals: 2))"
        }
        return [NumberText.fixed(summary.map { $0.median * 1000 }, decimals: 2), ends ?? "–"]
      }
      table.append(
        [point.variant, "\(point.width)×\(point.height)", "\(point.batchSize)"] + cells
          + [NumberText.fixed(point.peakMemoryBytes.map { Double($0) / 1e6 }, decimals: 0)])
    }
    return table
  }

  private static func interval(_ range: ClosedRange<Double>?) -> String {
    range.map { "\(NumberText.signed($0.lowerBound, decimals: 2)) … \(NumberText.signed($0.upperBound, decimals: 2))" } ?? "–"
  }
}
