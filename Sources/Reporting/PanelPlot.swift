public import SafeFiles

/// Lines over a number in several panels next to each other, with one legend and equal axes.
public struct PanelPlot: Sendable, Equatable {
  /// A measured point.
  public struct Point: Sendable, Equatable {
    /// The place on the horizontal axis.
    public let x: Double
    /// The value.
    public let y: Double
    /// The ends of an interval of the value; nil for none.
    public let interval: ClosedRange<Double>?

    /// Creates a point.
    public init(x: Double, y: Double, interval: ClosedRange<Double>? = nil) { (self.x, self.y, self.interval) = (x, y, interval) }
  }

  /// A line.
  public struct Series: Sendable, Equatable {
    /// The name in the legend; those of one name have one entry and one style in all panels.
    public let name: String
    /// The points, in the order the line runs.
    public let points: [Point]

    /// Creates a line.
    public init(name: String, points: [Point]) { (self.name, self.points) = (name, points) }
  }

  /// One panel.
  public struct Panel: Sendable, Equatable {
    /// The title over it.
    public let title: String
    /// The lines.
    public let series: [Series]

    /// Creates a panel.
    public init(title: String, series: [Series]) { (self.title, self.series) = (title, series) }
  }

  /// The title over all panels.
  public var title: String
  /// What stands under the title, for example how it was measured; empty for nothing.
  public var subtitle = ""
  /// The label of the horizontal axes.
  public var xLabel: String
  /// The label of the vertical axes.
  public var yLabel: String
  /// The panels, row by row.
  public var rows: [[Panel]]

  /// Creates a plot.
  public init(title: String, xLabel: String, yLabel: String, rows: [[Panel]]) {
    (self.title, self.xLabel, self.yLabel, self.rows) = (title, xLabel, yLabel, rows)
  }

  /// Writes `base.svg`, `base.png` and `base.pdf`.
  ///
  /// The last two are made by `rsvg-convert`; where it is missing or fails a note says what helps.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  public func write(base: String, converter: String = "rsvg-convert") throws(FileError) -> RatePlot.Written {
    try PlotFiles.write(svg(), base: base, converter: converter)
  }

  /// The names of all lines, each once, in the order in which they first occur.
  var names: [String] {
    var seen: Set<String> = []
    return rows.flatMap { $0 }.flatMap(\.series).map(\.name).filter { seen.insert($0).inserted }
  }
}
