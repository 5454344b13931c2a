public import SafeFiles

/// Numbers made of parts as horizontal bars, in several panels next to each other.
public struct StackedBars: Sendable, Equatable {
  /// One bar.
  public struct Bar: Sendable, Equatable {
    /// What stands beside it.
    public let name: String
    /// The parts from the left, each with its name in the legend.
    public let parts: [Part]

    /// Creates a bar.
    public init(name: String, parts: [Part]) { (self.name, self.parts) = (name, parts) }
  }

  /// A part of a bar.
  public struct Part: Sendable, Equatable {
    /// The name in the legend.
    public let name: String
    /// The length, 0 or more.
    public let value: Double

    /// Creates a part.
    public init(name: String, value: Double) { (self.name, self.value) = (name, value) }
  }

  /// One panel; its axis is its own.
  public struct Panel: Sendable, Equatable {
    /// The title over it.
    public let title: String
    /// The bars from above.
    public let bars: [Bar]

    /// Creates a panel.
    public init(title: String, bars: [Bar]) { (self.title, self.bars) = (title, bars) }
  }

  /// The title over all panels.
  public var title: String
  /// What stands under the title; empty for nothing.
  public var subtitle = ""
  /// The label of the horizontal axes.
  public var label: String
  /// The panels, row by row; those of one column have equal axes.
  public var rows: [[Panel]]

  /// Creates a plot.
  public init(title: String, label: String, rows: [[Panel]]) { (self.title, self.label, self.rows) = (title, label, rows) }

  /// Writes `base.svg`, `base.png` and `base.pdf`, as ``PanelPlot/write(base:converter:)`` does.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  public func write(base: String, converter: String = "rsvg-convert") throws(FileError) -> RatePlot.Written {
    try PlotFiles.write(svg(), base: base, converter: converter)
  }

  /// Returns the plot as an SVG document; parts that are not finite are left out.
  public func svg() -> String {
    let bars = rows.flatMap { $0 }.flatMap(\.bars)
    let names = names
    let most = rows.flatMap { $0 }.map(\.bars.count).max() ?? 1
    let widest = bars.map { PlotFrame.textWidth($0.name, size: 13) }.max() ?? 0
    let columns = rows.map(\.count).max() ?? 1
    let grid = PanelGrid(
      rows: rows.count, columns: columns, panelWidth: columns > 1 ? 320 : 560, panelHeight: Double(most) * Self.pitch + 8,
      marginLeft: min(widest, 200) + 26, legend: names.map { PlotFrame.textWidth($0, size: 14) + 44 }, hasSubtitle: !subtitle.isEmpty)
    var document = SVGDocument(width: grid.width, height: grid.height, background: "#ffffff")
    document.title(title, subtitle, width: grid.width)
    for (row, panels) in rows.enumerated() {
      for (column, panel) in panels.enumerated() {
        draw(panel, &document, grid.frame(row: row, column: column), ticks(column: column), names)
      }
    }
    for (index, (name, place)) in zip(names, grid.places).enumerated() {
      document.rectangle(x: place.x + 8, y: place.y - 7, width: 16, height: 14, fill: Self.colour(index))
      document.text(name, x: place.x + 30, y: place.y + 5, size: 14)
    }
    return document.text
  }

  private static let pitch = 28.0

  /// The names of all parts, each once, in the order in which they first occur.
  var names: [String] {
    var seen: Set<String> = []
    return rows.flatMap { $0 }.flatMap(\.bars).flatMap(\.parts).map(\.name).filter { seen.insert($0).inserted }
  }

  private func ticks(column: Int) -> AxisTicks {
    let bars = rows.filter { column < $0.count }.flatMap { $0[column].bars }
    let lengths = bars.map { $0.parts.map(\.value).filter(\.isFinite).reduce(0, +) }
    return AxisTicks(lowest: 0, highest: lengths.max() ?? 1, count: 5)
  }

  private func draw(
    _ panel: Panel, _ document: inout SVGDocument, _ frame: (left: Double, right: Double, top: Double, bottom: Double), _ ticks: AxisTicks,
    _ names: [String]
  ) {
    func x(_ value: Double) -> Double { frame.left + value / ticks.upper * (frame.right - frame.left) }
    for mark in ticks.values {
      document.line(from: (x(mark), frame.top), to: (x(mark), frame.bottom), stroke: "#e3e3e3")
      document.text(ticks.label(mark), x: x(mark), y: frame.bottom + 18, size: 13, anchor: .middle)
    }
    for (index, bar) in panel.bars.enumerated() {
      let y = frame.top + 7 + Double(index) * Self.pitch
      var sum = 0.0
      for part in bar.parts where part.value.isFinite && part.value > 0 {
        document.rectangle(
          x: x(sum), y: y, width: x(part.value) - frame.left, height: Self.pitch - 8,
          fill: Self.colour(names.firstIndex(of: part.name) ?? 0))
        sum += part.value
      }
      document.text(bar.name, x: frame.left - 8, y: y + 15, size: 13, anchor: .end)
    }
    document.rectangle(
      x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top, fill: "none", stroke: "#444444")
    document.text(panel.title, x: (frame.left + frame.right) / 2, y: frame.top - 10, size: 15, anchor: .middle)
    document.text(label, x: (frame.left + frame.right) / 2, y: frame.bottom + 42, size: 14, anchor: .middle)
  }

  private static func colour(_ index: Int) -> String { PlotStyle.colours[index % PlotStyle.colours.count] }
}
