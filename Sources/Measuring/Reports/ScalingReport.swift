public import Reporting
public import Results

/// Time and memory over the size of pictures and the number of threads, for people and for other programs.
public struct ScalingReport {
  private let file: TimingFile
  private let rows: [ScalingRow]

  /// Prepares the report of a file.
  public init(_ file: TimingFile) {
    self.file = file
    rows = ScalingRow.all(file.points)
  }

  /// A row for each point.
  public var table: TextTable {
    var table = TextTable([
      .init("variant", .left), .init("Mpx"), .init("size"), .init("threads"), .init("n"), .init("enc. [s/Mpx]"), .init("dec. [s/Mpx]"),
      .init("peak [MiB]"), .init("memory [B/px]"), .init("growth [B/px]"), .init("bpp"), .init("outcome", .left),
    ])
    for row in rows {
      let point = row.point
      table.append([
        point.variant, NumberText.fixed(row.megapixels, decimals: 2), "\(point.width)×\(point.height)", "\(point.threads)",
        "\(point.rounds.count)", NumberText.fixed(row.secondsPerMegapixel(.encoding), decimals: 3),
        NumberText.fixed(row.secondsPerMegapixel(.decoding), decimals: 3), point.peakMemoryBytes.map { "\($0 >> 20)" } ?? "–",
        NumberText.fixed(row.memoryPerPixel, decimals: 1), NumberText.fixed(row.growthPerPixel, decimals: 1),
        NumberText.fixed(point.bitsPerPixel, decimals: 3), point.outcome.rawValue,
      ])
    }
    return table
  }

  /// The same with all digits, as comma-separated values.
  public var csv: String {
    let header: [String] = [
      "variant", "width", "height", "megapixels", "threads", "repetitions", "encoding_seconds_per_megapixel",
      "decoding_seconds_per_megapixel", "peak_memory_bytes", "memory_before_bytes", "memory_bytes_per_pixel", "growth_bytes_per_pixel",
      "bits_per_pixel", "outcome", "reason",
    ]
    let lines = rows.map { row -> [String] in
      let point = row.point
      let size: [String] = [
        point.variant, "\(point.width)", "\(point.height)", "\(row.megapixels)", "\(point.threads)", "\(point.rounds.count)",
      ]
      let numbers: [String] = [
        Self.text(row.secondsPerMegapixel(.encoding)), Self.text(row.secondsPerMegapixel(.decoding)), Self.text(point.peakMemoryBytes),
        Self.text(point.memoryBeforeBytes), Self.text(row.memoryPerPixel), Self.text(row.growthPerPixel), Self.text(point.bitsPerPixel),
      ]
      return size + numbers + [point.outcome.rawValue, point.reason ?? ""]
    }
    return ([header] + lines).map(CSV.line).joined()
  }

  private static func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }

  /// Time and memory over the size, and where several numbers of threads were measured the time over these.
  public var plots: [TimingPlots.Plot] {
    var plots: [TimingPlots.Plot] = [.lines(name: "scaling_time", time), .lines(name: "scaling_memory", memory)]
    if Set(rows.map(\.point.threads)).count > 1 { plots.append(.lines(name: "scaling_threads", threads)) }
    return plots
  }

  private var time: PanelPlot {
    let panels = TimingDirection.allCases.map { direction in
      [
        PanelPlot.Panel(
          title: Self.title(direction),
          series: series { row in
            row.point[direction].map { (row.megapixels, $0.summary, 1 / row.megapixels) }
          })
      ]
    }
    var plot = PanelPlot(title: "Time for each megapixel", xLabel: "megapixels", yLabel: "seconds for a megapixel", rows: panels)
    plot.subtitle = subtitle
    return plot
  }

  private var memory: PanelPlot {
    let series = lines.map { name, rows in
      PanelPlot.Series(
        name: name, points: rows.compactMap { row in row.memoryPerPixel.map { PanelPlot.Point(x: row.megapixels, y: $0) } })
    }
    var plot = PanelPlot(
      title: "Memory for each pixel", xLabel: "megapixels", yLabel: "bytes for a pixel",
      rows: [[PanelPlot.Panel(title: "Encoding and decoding in one process", series: series.filter { !$0.points.isEmpty })]])
    plot.subtitle = "the most memory of the process, without what it had before the pictures"
    return plot
  }

  /// Of each variant the largest size that was measured with all numbers of threads.
  private var threads: PanelPlot {
    let counts = Set(rows.map(\.point.threads))
    let panels = TimingDirection.allCases.map { direction in
      let series = names.compactMap { name -> PanelPlot.Series? in
        let own = rows.filter { $0.point.variant == name && $0.point[direction] != nil }
        let sizes = Dictionary(grouping: own, by: \.point.pixelCount).filter { Set($0.value.map(\.point.threads)) == counts }
        guard let largest = sizes.max(by: { $0.key < $1.key })?.value else { return nil }
        let points = largest.compactMap { row in
          row.point[direction].map { Self.point(Double(row.point.threads), $0.summary, 1 / row.megapixels) }
        }
        let size = NumberText.fixed(largest[0].megapixels, decimals: 1)
        return PanelPlot.Series(name: "\(name), \(size) megapixels", points: points.sorted { $0.x < $1.x })
      }
      return [PanelPlot.Panel(title: Self.title(direction), series: series)]
    }
    var plot = PanelPlot(title: "Time over threads", xLabel: "threads", yLabel: "seconds for a megapixel", rows: panels)
    plot.subtitle = subtitle
    return plot
  }

  /// A line for each variant and number of threads.
  private func series(_ value: (ScalingRow) -> (x: Double, summary: SampleSummary, factor: Double)?) -> [PanelPlot.Series] {
    lines.map { name, rows in
      PanelPlot.Series(name: name, points: rows.compactMap { row in value(row).map { Self.point($0.x, $0.summary, $0.factor) } })
    }.filter { !$0.points.isEmpty }
  }

  private var names: [String] { file.variants.map(\.name) }

  private var lines: [(name: String, rows: [ScalingRow])] {
    let counts = Set(rows.map(\.point.threads)).sorted()
    return names.flatMap { name in
      counts.map { count in
        let threads = counts.count > 1 ? ", \(count == 1 ? "1 thread" : "\(count) threads")" : ""
        let own = rows.filter { $0.point.variant == name && $0.point.threads == count }
        return (name + threads, own.sorted { $0.megapixels < $1.megapixels })
      }
    }
  }

  private var subtitle: String { "\(file.environment.cpuModel); medians with 95 % intervals" }

  private static func title(_ direction: TimingDirection) -> String { direction == .encoding ? "Encoding" : "Decoding" }

  private static func point(_ x: Double, _ summary: SampleSummary, _ factor: Double) -> PanelPlot.Point {
    let interval = summary.medianInterval.map { $0.lower * factor...$0.upper * factor }
    return PanelPlot.Point(x: x, y: summary.median * factor, interval: interval)
  }
}
