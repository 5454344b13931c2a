extension PanelPlot {
  /// Returns the plot as an SVG document: all panels with equal axes that begin at 0 on the vertical one, bars for intervals.
  ///
  /// Points that are not finite are left out.
  public func svg() -> String {
    let names = names
    let points = rows.flatMap { $0 }.flatMap(\.series).flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
    let highest = points.map { max($0.y, $0.interval?.upperBound ?? $0.y) }.max() ?? 1
    let yTicks = AxisTicks(lowest: 0, highest: highest, count: 6)
    let xMarks = Self.marks(points.map(\.x))
    let columns = rows.map(\.count).max() ?? 1
    let grid = PanelGrid(
      rows: rows.count, columns: columns, panelWidth: columns > 1 ? 400 : 600, panelHeight: 270, marginLeft: 78,
      legend: names.map { PlotFrame.textWidth($0, size: 14) + 74 }, hasSubtitle: !subtitle.isEmpty)
    var document = SVGDocument(width: grid.width, height: grid.height, background: "#ffffff")
    document.title(title, subtitle, width: grid.width)
    for (row, panels) in rows.enumerated() {
      for (column, panel) in panels.enumerated() {
        let frame = grid.frame(row: row, column: column)
        let axes = PanelAxes(frame: frame, xMarks: xMarks, yTicks: yTicks)
        axes.draw(&document, title: panel.title, xLabel: xLabel, yLabel: yLabel)
        for series in panel.series {
          draw(series, style: names.firstIndex(of: series.name) ?? 0, of: names.count, &document, axes)
        }
      }
    }
    for (index, (name, place)) in zip(names, grid.places).enumerated() {
      let style = PlotStyle(index: index)
      document.polyline([(place.x + 8, place.y), (place.x + 42, place.y)], stroke: style.colour, width: 2, dashes: style.dashes)
      document.marker(style, x: place.x + 25, y: place.y)
      document.text(name, x: place.x + 50, y: place.y + 5, size: 14)
    }
    return document.text
  }

  private func draw(_ series: Series, style number: Int, of count: Int, _ document: inout SVGDocument, _ axes: PanelAxes) {
    let style = PlotStyle(index: number)
    let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
    let places = points.map { (axes.x($0.x), axes.y($0.y)) }
    if places.count > 1 { document.polyline(places, stroke: style.colour, width: 2, dashes: style.dashes) }
    // Bars of several lines at one place stand beside each other.
    let shift = (Double(number) - Double(count - 1) / 2) * 3
    for (point, place) in zip(points, places) {
      if let interval = point.interval {
        let (low, high) = (axes.y(interval.lowerBound), axes.y(interval.upperBound))
        // An interval that the marker covers is not seen.
        if low - high > 8 {
          let x = place.0 + shift
          document.line(from: (x, low), to: (x, high), stroke: style.colour, width: 1.2)
          for end in [low, high] { document.line(from: (x - 4, end), to: (x + 4, end), stroke: style.colour, width: 1.2) }
        }
      }
      document.marker(style, x: place.0, y: place.1)
    }
  }

  /// The marks of the horizontal axis: the measured places where they are few, round numbers otherwise.
  private static func marks(_ values: [Double]) -> [Double] {
    let places = Set(values).sorted()
    if 1...10 ~= places.count { return places }
    return AxisTicks(lowest: places.first ?? 0, highest: places.last ?? 1, count: 8).values
  }
}

/// The two axes of one panel.
struct PanelAxes {
  let frame: (left: Double, right: Double, top: Double, bottom: Double)
  let xMarks: [Double]
  let yTicks: AxisTicks

  /// The range of the horizontal axis, with some room on both sides.
  private var range: (lower: Double, upper: Double) {
    let (low, high) = (xMarks.first ?? 0, xMarks.last ?? 1)
    let room = high > low ? (high - low) * 0.06 : max(abs(low) * 0.1, 0.5)
    return (low - room, high + room)
  }

  func x(_ value: Double) -> Double { frame.left + (value - range.lower) / (range.upper - range.lower) * (frame.right - frame.left) }

  func y(_ value: Double) -> Double {
    frame.bottom - (value - yTicks.lower) / (yTicks.upper - yTicks.lower) * (frame.bottom - frame.top)
  }

  func draw(_ document: inout SVGDocument, title: String, xLabel: String, yLabel: String) {
    var last = -Double.infinity
    for mark in xMarks {
      let place = x(mark)
      document.line(from: (place, frame.top), to: (place, frame.bottom), stroke: "#e3e3e3")
      let label = SVGDocument.number(mark)
      let room = PlotFrame.textWidth(label, size: 13) + 6
      // Labels that would touch are left out.
      guard place - room / 2 >= last else { continue }
      document.text(label, x: place, y: frame.bottom + 18, size: 13, anchor: .middle)
      last = place + room / 2
    }
    for mark in yTicks.values {
      let place = y(mark)
      document.line(from: (frame.left, place), to: (frame.right, place), stroke: "#e3e3e3")
      document.text(yTicks.label(mark), x: frame.left - 8, y: place + 4, size: 13, anchor: .end)
    }
    document.rectangle(
      x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top, fill: "none", stroke: "#444444")
    document.text(title, x: (frame.left + frame.right) / 2, y: frame.top - 10, size: 15, anchor: .middle)
    document.text(xLabel, x: (frame.left + frame.right) / 2, y: frame.bottom + 42, size: 14, anchor: .middle)
    document.text(yLabel, x: frame.left - 58, y: (frame.top + frame.bottom) / 2, size: 14, anchor: .middle, rotated: true)
  }
}

extension SVGDocument {
  /// Writes the title of a picture of several panels and what stands under it.
  mutating func title(_ title: String, _ subtitle: String, width: Double) {
    func fitted(_ size: Double, _ text: String) -> Double { min(size, size * (width - 30) / max(PlotFrame.textWidth(text, size: size), 1)) }
    text(title, x: width / 2, y: 30, size: fitted(18, title), anchor: .middle, bold: true)
    if !subtitle.isEmpty { text(subtitle, x: width / 2, y: 52, size: fitted(13, subtitle), anchor: .middle, fill: "#555555") }
  }
}
