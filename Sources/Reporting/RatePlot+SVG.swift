import Results

extension RatePlot {
  /// Returns the plot as an SVG document: white ground, light grid, a marker at each measured point, the legend in the emptiest corner.
  ///
  /// Points that are not finite or lie beyond ``highestRate`` are left out.
  public func svg() -> String {
    var document = SVGDocument(width: width, height: height, background: "#ffffff")
    let curves = series.map { $0.points.filter { $0.rate.isFinite && $0.quality.isFinite && $0.rate <= highestRate ?? .infinity } }
    let frame = PlotFrame(width: width, height: height, curves: curves)
    drawFrame(&document, frame)
    for (index, points) in curves.enumerated() {
      let style = PlotStyle(index: index)
      let places = points.map { frame.place($0) }
      if places.count > 1 { document.polyline(places, stroke: style.colour, width: 2, dashes: style.dashes) }
      for place in places { document.marker(style, x: place.x, y: place.y) }
    }
    drawLegend(&document, frame, curves)
    return document.text
  }

  /// Draws what stands around the curves: title, scales, labels.
  func drawFrame(_ document: inout SVGDocument, _ frame: PlotFrame) {
    for value in frame.rateTicks.values {
      let x = frame.x(value)
      document.line(from: (x, frame.top), to: (x, frame.bottom), stroke: "#e3e3e3")
      document.line(from: (x, frame.bottom), to: (x, frame.bottom + 5), stroke: "#444444")
      document.text(frame.rateTicks.label(value), x: x, y: frame.bottom + 21, size: 14, anchor: .middle)
    }
    for value in frame.qualityTicks.values {
      let y = frame.y(value)
      document.line(from: (frame.left, y), to: (frame.right, y), stroke: "#e3e3e3")
      document.line(from: (frame.left - 5, y), to: (frame.left, y), stroke: "#444444")
      document.text(frame.qualityTicks.label(value), x: frame.left - 10, y: y + 5, size: 14, anchor: .end)
    }
    document.rectangle(
      x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top, fill: "none", stroke: "#444444")
    document.text(
      rateLabel, x: (frame.left + frame.right) / 2, y: frame.bottom + 48, size: fitted(15, rateLabel, frame.right - frame.left),
      anchor: .middle)
    document.text(
      qualityLabel, x: 26, y: (frame.top + frame.bottom) / 2, size: fitted(15, qualityLabel, frame.bottom - frame.top), anchor: .middle,
      rotated: true)
    document.text(
      title, x: (frame.left + frame.right) / 2, y: 30, size: fitted(18, title, frame.right - frame.left), anchor: .middle, bold: true)
  }

  private func drawLegend(_ document: inout SVGDocument, _ frame: PlotFrame, _ curves: [[RateQualityCurve.Point]]) {
    guard !series.isEmpty else { return }
    let longest = series.map { PlotFrame.textWidth($0.name, size: 14) }.max() ?? 0
    let width = min(longest + 66, frame.right - frame.left - 24)
    let height = Double(series.count) * 22 + 12
    let corner = frame.emptiestCorner(width: width, height: height, curves: curves)
    document.rectangle(x: corner.x, y: corner.y, width: width, height: height, fill: "#ffffff", stroke: "#bbbbbb", opacity: 0.92)
    for (index, entry) in series.enumerated() {
      let style = PlotStyle(index: index)
      let y = corner.y + 17 + Double(index) * 22
      document.polyline([(corner.x + 10, y), (corner.x + 44, y)], stroke: style.colour, width: 2, dashes: style.dashes)
      document.marker(style, x: corner.x + 27, y: y)
      document.text(entry.name, x: corner.x + 54, y: y + 5, size: fitted(14, entry.name, width - 62))
    }
  }

  /// The font size, reduced where the text would be wider than `room`.
  private func fitted(_ size: Double, _ text: String, _ room: Double) -> Double {
    min(size, size * room / max(PlotFrame.textWidth(text, size: size), 1))
  }
}

extension SVGDocument {
  /// Draws one point of a curve: filled with the curve's colour, with a thin white edge so that markers stay apart.
  mutating func marker(_ style: PlotStyle, x: Double, y: Double) {
    let r = 5.0
    func shape(_ offsets: [(Double, Double)]) {
      polygon(offsets.map { (x + $0.0 * r, y + $0.1 * r) }, fill: style.colour, stroke: "#ffffff", width: 1)
    }
    switch style.marker {
    case .circle: circle(x: x, y: y, radius: r, fill: style.colour, stroke: "#ffffff", width: 1)
    case .square: shape([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .triangle: shape([(0, -1.2), (1.1, 0.8), (-1.1, 0.8)])
    case .diamond: shape([(0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)])
    case .downTriangle: shape([(0, 1.2), (1.1, -0.8), (-1.1, -0.8)])
    }
  }
}
