import Reporting
import Results

/// Drawings of the program as parts of a page, whose style gives them the colours of the page.
enum Figure {
  /// A drawing with what it shows in words.
  static func html(_ svg: String, label: String) -> HTML {
    // An element within a page has no declaration of XML before it.
    let element = svg.firstRange(of: "<svg ").map { svg[$0.lowerBound...] } ?? ""
    let named = "<svg role=\"img\" aria-label=\"\(HTML.escaped(label))\" " + element.dropFirst(5)
    return .element("figure", ["class": "plot"], .verbatim(named))
  }

  /// A measure that curves are drawn in.
  struct Measure {
    let key: String
    let name: String
    let label: String
  }

  /// The measures in their order, those with LPIPS by the names that records have.
  static func measures(_ records: [SiteRecord]) -> [Measure] {
    let keys = Set(records.flatMap(\.points).flatMap(\.values.keys))
    var found: [Measure] = []
    if keys.contains("psnr") { found.append(Measure(key: "psnr", name: "PSNR", label: RatePlot.Quality.psnr.label)) }
    if keys.contains("ms_ssim_db") { found.append(Measure(key: "ms_ssim_db", name: "MS-SSIM", label: RatePlot.Quality.msSSIM.label)) }
    return found + keys.filter { $0.hasPrefix("lpips") }.sorted().map { Measure(key: $0, name: "LPIPS", label: "\($0), lower is better") }
  }

  /// The curves of records in one measure; nil without a point.
  static func curves(_ records: [SiteRecord], anchor: SiteAnchor?, _ measure: Measure, title: String) -> HTML? {
    func points(_ list: [SiteRecord.Point]) -> [RateQualityCurve.Point] {
      list.compactMap { point in
        guard let rate = point.values["bpp_file"] ?? point.values["bpp"], let quality = point.values[measure.key] else { return nil }
        return RateQualityCurve.Point(rate: rate, quality: quality)
      }.sorted { $0.rate < $1.rate }
    }
    let series = records.map { RatePlot.Series(name: $0.name, points: points($0.points)) }.filter { !$0.points.isEmpty }
    guard !series.isEmpty else { return nil }
    let reference = anchor.map { RatePlot.Series(name: $0.name, points: points($0.points)) }
    var plot = RatePlot(
      title: title, rateLabel: "bits per pixel (mean of the images)", qualityLabel: measure.label,
      series: series + [reference].compactMap { $0 }.filter { !$0.points.isEmpty })
    plot.highestRate = series.flatMap(\.points).map(\.rate).max().map { $0 * 1.1 }
    return html(plot.svg(), label: "\(measure.name) over bits per pixel on \(title): \(plot.series.map(\.name).joined(separator: ", "))")
  }
}
