public import SafeFiles

/// Counts of several kinds in several groups as a picture: one bar for each group, a part of it for each kind, its number within.
public struct StackedColumns: Sendable, Equatable {
  /// One kind.
  public struct Series: Sendable, Equatable {
    /// What the legend shows.
    public let name: String
    /// The count in each group.
    public let counts: [Int]

    /// Creates a series.
    public init(name: String, counts: [Int]) {
      self.name = name
      self.counts = counts
    }
  }

  /// The title over the plot.
  public var title: String
  /// The label of the horizontal axis.
  public var groupLabel: String
  /// The label of the vertical axis.
  public var countLabel: String
  /// The names of the groups, from left to right.
  public let groups: [String]
  /// The kinds, from the bottom to the top; each with as many counts as there are groups.
  public let series: [Series]

  /// Creates a plot.
  public init(title: String, groupLabel: String, countLabel: String, groups: [String], series: [Series]) {
    precondition(series.allSatisfy { $0.counts.count == groups.count }, "a series needs as many counts as there are groups")
    self.title = title
    self.groupLabel = groupLabel
    self.countLabel = countLabel
    self.groups = groups
    self.series = series
  }

  /// Writes the plot as SVG and, through `rsvg-convert`, as PNG, as `RatePlot` does.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  public func write(svg: String, png: String?, converter: String = "rsvg-convert") throws(FileError) -> RatePlot.Written {
    try RatePlot.write(self.svg(), svg: svg, png: png, converter: converter)
  }

  private static let size = (width: 960.0, height: 600.0)
  private static let field = (left: 84.0, top: 48.0, right: 936.0, bottom: 530.0)

  /// Returns the plot as an SVG document.
  public func svg() -> String {
    var document = SVGDocument(width: Self.size.width, height: Self.size.height, background: "#ffffff")
    let field = Self.field
    let totals = groups.indices.map { group in series.reduce(0) { $0 + max($1.counts[group], 0) } }
    // Room for the legend above the bars.
    let ticks = AxisTicks(lowest: 0, highest: Double(totals.max() ?? 1) * 1.02, count: 8)
    func y(_ count: Double) -> Double { field.bottom - count / ticks.upper * (field.bottom - field.top) }
    for value in ticks.values where value == value.rounded() {
      document.line(from: (field.left, y(value)), to: (field.right, y(value)), stroke: "#e3e3e3")
      document.text(ticks.label(value), x: field.left - 10, y: y(value) + 5, size: 14, anchor: .end)
    }
    let step = (field.right - field.left) / Double(max(groups.count, 1))
    for (group, name) in groups.enumerated() {
      let left = field.left + (Double(group) + 0.18) * step
      var base = 0
      for (index, entry) in series.enumerated() where entry.counts[group] > 0 {
        let count = entry.counts[group]
        let (low, high) = (y(Double(base)), y(Double(base + count)))
        document.rectangle(
          x: left, y: high, width: step * 0.64, height: low - high, fill: PlotStyle(index: index).colour, stroke: "#ffffff")
        if low - high > 13 {
          document.text("\(count)", x: left + step * 0.32, y: (low + high) / 2 + 4.5, size: 13, anchor: .middle, fill: "#ffffff")
        }
        base += count
      }
      document.text(name, x: left + step * 0.32, y: field.bottom + 21, size: 14, anchor: .middle)
    }
    document.rectangle(
      x: field.left, y: field.top, width: field.right - field.left, height: field.bottom - field.top, fill: "none", stroke: "#444444")
    document.text(groupLabel, x: (field.left + field.right) / 2, y: field.bottom + 48, size: 15, anchor: .middle)
    document.text(countLabel, x: 26, y: (field.top + field.bottom) / 2, size: 15, anchor: .middle, rotated: true)
    document.text(title, x: (field.left + field.right) / 2, y: 30, size: 18, anchor: .middle, bold: true)
    drawLegend(&document)
    return document.text
  }

  /// The kinds in the upper left corner, the topmost first.
  private func drawLegend(_ document: inout SVGDocument) {
    guard !series.isEmpty else { return }
    let width = (series.map { PlotFrame.textWidth($0.name, size: 14) }.max() ?? 0) + 46
    let (left, top) = (Self.field.left + 12, Self.field.top + 12)
    document.rectangle(
      x: left, y: top, width: width, height: Double(series.count) * 22 + 10, fill: "#ffffff", stroke: "#bbbbbb", opacity: 0.92)
    for (place, index) in series.indices.reversed().enumerated() {
      let y = top + 8 + Double(place) * 22
      document.rectangle(x: left + 10, y: y, width: 16, height: 16, fill: PlotStyle(index: index).colour)
      document.text(series[index].name, x: left + 34, y: y + 13, size: 14)
    }
  }
}
