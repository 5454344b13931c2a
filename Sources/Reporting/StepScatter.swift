import Results
public import SafeFiles

/// A plot of quality over bits per pixel in which each point belongs to a step of a training, told by its colour.
public struct StepScatter: Sendable, Equatable {
  /// What a step measured.
  public struct Point: Sendable, Equatable {
    /// The step.
    public let step: Int
    /// Bits per pixel.
    public let rate: Double
    /// The quality, such as a PSNR in dB.
    public let quality: Double

    /// Creates a point.
    public init(step: Int, rate: Double, quality: Double) {
      self.step = step
      self.rate = rate
      self.quality = quality
    }
  }

  /// The title over the plot.
  public var title: String
  /// The label of the horizontal axis.
  public var rateLabel: String
  /// The label of the vertical axis.
  public var qualityLabel: String
  /// The points, in the order of the steps.
  public var points: [Point]

  /// Creates a plot.
  public init(title: String, rateLabel: String, qualityLabel: String, points: [Point] = []) {
    self.title = title
    self.rateLabel = rateLabel
    self.qualityLabel = qualityLabel
    self.points = points
  }

  /// Writes the plot as SVG and, through `rsvg-convert`, as PNG, as `RatePlot` does.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  public func write(svg: String, png: String?, converter: String = "rsvg-convert") throws(FileError) -> RatePlot.Written {
    try RatePlot.write(self.svg(), svg: svg, png: png, converter: converter)
  }

  /// Returns the plot as an SVG document; points that are not finite are left out.
  public func svg() -> String {
    let shown = points.filter { $0.rate.isFinite && $0.quality.isFinite }
    let places = shown.map { RateQualityCurve.Point(rate: $0.rate, quality: $0.quality) }
    var plot = RatePlot(title: title, rateLabel: rateLabel, qualityLabel: qualityLabel, series: [])
    plot.width += Self.scaleWidth
    var document = SVGDocument(width: plot.width, height: plot.height, background: "#ffffff")
    let frame = PlotFrame(width: plot.width - Self.scaleWidth, height: plot.height, curves: [places], fromZero: false)
    plot.drawFrame(&document, frame)
    let steps = (first: shown.map(\.step).min() ?? 0, last: shown.map(\.step).max() ?? 0)
    document.polyline(places.map { frame.place($0) }, stroke: "#bbbbbb", width: 1)
    for (point, place) in zip(shown, places.map({ frame.place($0) })) {
      let share = steps.last > steps.first ? Double(point.step - steps.first) / Double(steps.last - steps.first) : 1
      document.circle(x: place.x, y: place.y, radius: 5, fill: Self.colour(share), stroke: "#ffffff", width: 1)
    }
    if !shown.isEmpty { drawScale(&document, frame, steps) }
    return document.text
  }

  private static let scaleWidth = 96.0

  /// The column of colours beside the field, with the first and the last step.
  private func drawScale(_ document: inout SVGDocument, _ frame: PlotFrame, _ steps: (first: Int, last: Int)) {
    let (left, height) = (frame.right + 20, frame.bottom - frame.top)
    let parts = 32
    for part in 0..<parts {
      let share = Double(part) / Double(parts - 1)
      document.rectangle(
        x: left, y: frame.bottom - height * Double(part + 1) / Double(parts), width: 14, height: height / Double(parts) + 0.5,
        fill: Self.colour(share))
    }
    document.text(NumberText.grouped(steps.last), x: left + 20, y: frame.top + 12, size: 13)
    document.text(NumberText.grouped(steps.first), x: left + 20, y: frame.bottom, size: 13)
    document.text("step", x: left + 20, y: (frame.top + frame.bottom) / 2, size: 13)
  }

  /// A colour from dark blue over green to orange, all of which stand out from white; 0 is the first step, 1 the last.
  static func colour(_ share: Double) -> String {
    let stops: [(Double, Double, Double)] = [(38, 42, 110), (0, 114, 178), (0, 158, 115), (230, 159, 0)]
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    let rest = place - Double(index)
    let (from, to) = (stops[index], stops[index + 1])
    func hex(_ a: Double, _ b: Double) -> String {
      let text = String(Int((a + (b - a) * rest).rounded()), radix: 16)
      return text.count < 2 ? "0\(text)" : text
    }
    return "#\(hex(from.0, to.0))\(hex(from.1, to.1))\(hex(from.2, to.2))"
  }
}
