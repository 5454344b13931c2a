public import Reporting
public import Results

/// The plots of measured times.
public struct TimingPlots {
  /// A plot with the name of its files.
  public enum Plot: Sendable {
    /// Lines.
    case lines(name: String, PanelPlot)
    /// Bars.
    case bars(name: String, StackedBars)

    /// Writes the plot as SVG, PNG and PDF into a folder.
    ///
    /// - Throws: `FileError` when the SVG cannot be written.
    public func write(in folder: String) throws -> RatePlot.Written {
      switch self {
      case .lines(let name, let plot): try plot.write(base: "\(folder)/\(name)")
      case .bars(let name, let plot): try plot.write(base: "\(folder)/\(name)")
      }
    }
  }

  private let file: TimingFile
  private let groups: [String?]
  private let subtitle: String

  /// Prepares the plots of a file.
  public init(_ file: TimingFile) {
    self.file = file
    var seen: Set<String> = []
    let named = file.variants.compactMap(\.group).filter { seen.insert($0).inserted }
    groups = named.isEmpty ? [nil] : named
    subtitle =
      "\(Self.target(file.procedure.what)), \(Self.machine(file.environment)); medians with 95 % intervals"
  }

  /// Every plot that the points allow: latency over the size, throughput over the batch for each family of variants, stages.
  public var all: [Plot] {
    var plots: [Plot] = []
    if Set(file.points.map(\.batchSize)).count > 1 {
      plots += families.map { .lines(name: "throughput_\(Self.fileName($0))", throughput(of: $0)) }
    } else if file.points.contains(where: { $0.encoding != nil }) {
      plots.append(.lines(name: "latency", latency))
    }
    if file.points.contains(where: { $0.encoding?.stages.isEmpty == false }) { plots.append(.bars(name: "stages", stages)) }
    return plots
  }

  /// Latency over the size of the pictures: encoding above decoding, a column for each size of the networks.
  private var latency: PanelPlot {
    let rows = TimingDirection.allCases.map { direction in
      groups.map { group in
        let series = variants(in: group).map { variant in
          PanelPlot.Series(
            name: variant.family,
            points: file.points.filter { $0.variant == variant.name }.compactMap { point in
              guard let summary = point[direction]?.summary else { return nil }
              return PanelPlot.Point(x: side(point), y: summary.median * 1000, interval: Self.interval(summary) { $0 * 1000 })
            }.sorted { $0.x < $1.x })
        }
        return PanelPlot.Panel(title: Self.title(direction, group), series: series.filter { !$0.points.isEmpty })
      }
    }
    let areSquare = file.points.allSatisfy { $0.width == $0.height }
    var plot = PanelPlot(
      title: "Latency", xLabel: areSquare ? "side of the picture in pixels" : "square root of the pixels",
      yLabel: "milliseconds", rows: rows)
    plot.subtitle = subtitle
    return plot
  }

  /// Pictures per second over the size of the batch, a line for each size of pictures.
  private func throughput(of family: String) -> PanelPlot {
    let members = file.variants.filter { $0.family == family }
    let rows = TimingDirection.allCases.map { direction in
      members.map { variant in
        let own = file.points.filter { $0.variant == variant.name }
        var seen: Set<String> = []
        let sizes = own.map { "\($0.width)×\($0.height)" }.filter { seen.insert($0).inserted }
        let series = sizes.map { size in
          let points = own.filter { "\($0.width)×\($0.height)" == size }.compactMap { point -> PanelPlot.Point? in
            guard let summary = point[direction]?.summary else { return nil }
            let count = Double(point.batchSize)
            return PanelPlot.Point(x: count, y: count / summary.median, interval: Self.interval(summary) { count / $0 })
          }
          return PanelPlot.Series(name: size, points: points.sorted { $0.x < $1.x })
        }
        return PanelPlot.Panel(title: Self.title(direction, variant.group), series: series.filter { !$0.points.isEmpty })
      }
    }
    var plot = PanelPlot(title: "Throughput of \(family)", xLabel: "pictures in a batch", yLabel: "pictures per second", rows: rows)
    plot.subtitle = subtitle
    return plot
  }

  /// Where the time goes: encoding above decoding, columns for the smallest, a middle and the largest size.
  private var stages: StackedBars {
    var sizes: [(width: Int, height: Int, batch: Int)] = []
    let staged = file.points.filter { $0.encoding?.stages.isEmpty == false }.sorted { $0.pixelCount < $1.pixelCount }
    for point in staged where sizes.last.map({ $0 != (point.width, point.height, point.batchSize) }) ?? true {
      sizes.append((point.width, point.height, point.batchSize))
    }
    if sizes.count > 3 { sizes = [sizes[0], sizes[sizes.count / 2], sizes[sizes.count - 1]] }
    let rows = TimingDirection.allCases.map { direction in
      sizes.map { size in
        let points = staged.filter { ($0.width, $0.height, $0.batchSize) == size }
        let bars = points.map { point in
          StackedBars.Bar(name: point.variant, parts: Self.parts(of: point[direction]))
        }
        let batch = size.batch > 1 ? ", batch \(size.batch)" : ""
        return StackedBars.Panel(title: "\(Self.title(direction, nil)), \(size.width)×\(size.height)\(batch)", bars: bars)
      }
    }
    var plot = StackedBars(title: "Where the time goes", label: "milliseconds (medians of the stages)", rows: rows)
    plot.subtitle = Self.machine(file.environment)
    return plot
  }

  private static func parts(of series: TimingSeries?) -> [StackedBars.Part] {
    (series?.stages ?? []).map { StackedBars.Part(name: $0.stage.replacing("_", with: " "), value: $0.median * 1000) }
  }

  private var families: [String] {
    var seen: Set<String> = []
    return file.variants.map(\.family).filter { seen.insert($0).inserted }
  }

  private func variants(in group: String?) -> [TimingVariant] {
    file.variants.filter { $0.group == nil || $0.group == group }
  }

  private func side(_ point: TimingPoint) -> Double {
    point.width == point.height ? Double(point.width) : Double(point.width * point.height).squareRoot()
  }

  private static func interval(_ summary: SampleSummary, _ map: (Double) -> Double) -> ClosedRange<Double>? {
    summary.medianInterval.map { interval in
      let ends = [map(interval.lower), map(interval.upper)].sorted()
      return ends[0]...ends[1]
    }
  }

  private static func title(_ direction: TimingDirection, _ group: String?) -> String {
    (direction == .encoding ? "Encoding" : "Decoding") + (group.map { ", \($0)" } ?? "")
  }

  private static func machine(_ environment: Environment) -> String {
    let threads = environment.threads == 1 ? "1 thread" : "\(environment.threads) threads"
    return environment.device == "cpu" ? "\(environment.cpuModel), \(threads)" : "\(environment.device) (\(environment.cpuModel))"
  }

  private static func target(_ what: String) -> String { what == "transform" ? "networks alone" : "pictures to bytes and back" }

  /// A name without what a file's name should not have.
  private static func fileName(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "_" })
  }
}
