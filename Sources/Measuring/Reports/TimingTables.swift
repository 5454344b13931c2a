public import Reporting
public import Results

/// Times as tables for people.
public enum TimingTables {
  /// Returns a row for each point: medians with their intervals, spread, memory and what else belongs to it.
  ///
  /// - Parameter throughput: pictures per second instead of milliseconds.
  public static func points(_ file: TimingFile, throughput: Bool) -> TextTable {
    let hasStarts = file.points.contains { $0.encodingStart != nil || $0.decodingStart != nil }
    let unit = throughput ? "[img/s]" : "[ms]"
    var columns: [TextTable.Column] = [.init("variant", .left), .init("size"), .init("batch"), .init("n")]
    for name in ["enc.", "dec."] {
      columns += [.init("\(name) \(unit)"), .init("95 %"), .init("p5–p95")]
      if hasStarts { columns.append(.init("\(name) − start")) }
    }
    columns += [.init("peak [MiB]"), .init("GMAC enc."), .init("GMAC dec."), .init("bpp"), .init("outcome", .left)]
    var table = TextTable(columns)
    for point in file.points {
      var row = [point.variant, "\(point.width)×\(point.height)", "\(point.batchSize)", "\(point.rounds.count)"]
      for direction in TimingDirection.allCases {
        row += cells(point, direction, throughput: throughput)
        if hasStarts { row.append(withoutStart(point, direction)) }
      }
      row += [
        point.peakMemoryBytes.map { "\($0 >> 20)" } ?? "–", giga(point.encodingMultiplyAccumulates),
        giga(point.decodingMultiplyAccumulates),
        NumberText.fixed(point.bitsPerPixel, decimals: 3), outcome(point),
      ]
      table.append(row)
    }
    return table
  }

  /// Returns a row for each pair of variants and direction: at how many sizes one is faster.
  public static func ordering(_ file: TimingFile) -> TextTable {
    var table = TextTable([
      .init("direction", .left), .init("first", .left), .init("second", .left), .init("time ratio"), .init("first faster"),
      .init("second faster"), .init("not told apart"), .init("too few rounds"),
    ])
    for row in file.orderings {
      let (low, high) = (NumberText.fixed(row.ratios.lowerBound, decimals: 3), NumberText.fixed(row.ratios.upperBound, decimals: 3))
      table.append([
        row.direction.rawValue, row.first, row.second, low == high ? low : "\(low)–\(high)", "\(row.firstFaster)", "\(row.secondFaster)",
        "\(row.notToldApart)", "\(row.tooFewRounds)",
      ])
    }
    return table
  }

  private static func outcome(_ point: TimingPoint) -> String {
    point.outcome == .measured
      ? (point.end == .repetitions ? "measured" : "measured (\(point.end?.rawValue ?? ""))") : point.outcome.rawValue
  }

  private static func cells(_ point: TimingPoint, _ direction: TimingDirection, throughput: Bool) -> [String] {
    guard let summary = point[direction]?.summary else { return ["–", "–", "–"] }
    func text(_ seconds: Double) -> String {
      let value = throughput ? Double(point.batchSize) / seconds : seconds * 1000
      return NumberText.fixed(value, decimals: value < 10 ? 3 : value < 100 ? 2 : 1)
    }
    func range(_ low: Double, _ high: Double) -> String { throughput ? "\(text(high))–\(text(low))" : "\(text(low))–\(text(high))" }
    return [text(summary.median), summary.medianInterval.map { range($0.lower, $0.upper) } ?? "–", range(summary.p5, summary.p95)]
  }

  /// The median without that of the program's start, in milliseconds.
  private static func withoutStart(_ point: TimingPoint, _ direction: TimingDirection) -> String {
    let start = direction == .encoding ? point.encodingStart : point.decodingStart
    guard let start, let series = point[direction] else { return "–" }
    return NumberText.fixed((series.summary.median - start.summary.median) * 1000, decimals: 2)
  }

  private static func giga(_ count: Int?) -> String { count.map { NumberText.fixed(Double($0) * 1e-9, decimals: 2) } ?? "–" }
}
