public import Results

/// A file of measured times in a report.
public struct ReportTiming: Sendable, Equatable {
  /// Where it was read.
  public let place: String
  /// The times.
  public let file: TimingFile

  /// Names a file.
  public init(place: String, file: TimingFile) { (self.place, self.file) = (place, file) }

  /// Whether batches are varied.
  var isThroughput: Bool { Set(file.points.map(\.batchSize)).count > 1 }

  /// One panel of a plot.
  struct Panel: Equatable {
    struct Line: Equatable {
      let name: String
      let points: [Point]
    }

    struct Point: Equatable {
      let x: Double
      let y: Double
      let interval: ClosedRange<Double>?
      let text: String
    }

    let title: String
    let lines: [Line]
  }

  /// What stands beside the axes.
  var unit: String { isThroughput ? "pictures per second" : "milliseconds" }
  /// What stands beside the horizontal axis.
  var xLabel: String {
    if isThroughput { return "pictures in a batch" }
    return file.points.allSatisfy { $0.width == $0.height } ? "side of the picture in pixels" : "square root of the pixels"
  }

  /// A panel for each direction and each size of the networks; lines are variants, and sizes of pictures where batches are varied.
  var panels: [Panel] {
    var seen: Set<String> = []
    let named = file.variants.compactMap(\.group).filter { seen.insert($0).inserted }
    let groups: [String?] = named.isEmpty ? [nil] : named
    return TimingDirection.allCases.flatMap { direction in
      groups.map { group in
        let members = file.variants.filter { $0.group == nil || $0.group == group }
        let word = direction == .encoding ? "Encoding" : "Decoding"
        return Panel(title: group.map { "\(word), \($0)" } ?? word, lines: members.flatMap { lines(of: $0, direction) })
      }
    }
  }

  /// The names of all lines, each once.
  var lineNames: [String] {
    var seen: Set<String> = []
    return panels.flatMap(\.lines).map(\.name).filter { seen.insert($0).inserted }
  }

  private func lines(of variant: TimingVariant, _ direction: TimingDirection) -> [Panel.Line] {
    let own = file.points.filter { $0.variant == variant.name }
    var seen: Set<String> = []
    let sizes = isThroughput ? own.map { "\($0.width)×\($0.height)" }.filter { seen.insert($0).inserted } : [""]
    return sizes.compactMap { size in
      let points = own.compactMap { point -> Panel.Point? in
        let place = "\(point.width)×\(point.height)"
        guard size.isEmpty || place == size, let summary = point[direction]?.summary else { return nil }
        let map: (Double) -> Double = isThroughput ? { Double(point.batchSize) / $0 } : { $0 * 1000 }
        let ends = summary.medianInterval.map { [map($0.lower), map($0.upper)].sorted() }
        let side = point.width == point.height ? Double(point.width) : Double(point.width * point.height).squareRoot()
        return Panel.Point(
          x: isThroughput ? Double(point.batchSize) : side, y: map(summary.median), interval: ends.map { $0[0]...$0[1] },
          text: isThroughput ? "\(place), batch \(point.batchSize)" : place)
      }.sorted { $0.x < $1.x }
      let name = size.isEmpty ? variant.family : "\(variant.family), \(size)"
      return points.isEmpty ? nil : Panel.Line(name: name, points: points)
    }
  }
}
