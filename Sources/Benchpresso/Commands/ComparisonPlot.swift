import Reporting
import Results

/// The curves of a comparison as a picture.
struct ComparisonPlot {
  let plot: RatePlot

  init(_ curves: [MeasuredCurve], metric: ComparisonMetric) {
    let files = curves.allSatisfy { $0.points.allSatisfy { $0.values["bpp_file"] != nil } }
    let key = files ? "bpp_file" : "bpp"
    let series = curves.map { curve in
      let points = curve.points.compactMap { point in
        point.values[metric.key].flatMap { value in point.values[key].map { RateQualityCurve.Point(rate: $0, quality: value) } }
      }
      return RatePlot.Series(name: curve.name, points: points.sorted { $0.rate < $1.rate })
    }
    var plot = RatePlot(
      title: "Rate–distortion", rateLabel: "bits per pixel (\(files ? "files" : "as counted by each source"))",
      qualityLabel: metric.key + (metric.unit.isEmpty ? "" : " in \(metric.unit)"), series: series.filter { !$0.points.isEmpty })
    // The anchor reaches far beyond what is compared: what is drawn ends a little behind the last tested point.
    plot.highestRate = plot.series.dropLast().flatMap(\.points).map(\.rate).max().map { $0 * 1.2 }
    self.plot = plot
  }

  /// Writes the file; its ending decides on the form.
  func write(to path: String) throws {
    try PlotFile.write(path) { svg, png in try plot.write(svg: svg, png: png) }
  }
}
