import Reporting
import Results

/// What the script of the page reads: the numbers behind plots, tables of images and the viewer.
struct PageData {
  private let report: Report
  private let styles: [String: JSONValue]

  init(_ report: Report) {
    self.report = report
    styles = Dictionary(
      uniqueKeysWithValues: report.names.enumerated().map { ($0.element, Self.style($0.offset)) })
  }

  var json: JSONValue {
    .object([
      "datasets": .array(report.datasets.map { .string($0) }),
      "metrics": .array(report.metrics.map(Self.metric)),
      "curves": .array(report.curves.map(curve)),
      "comparisons": .array(report.comparisons.enumerated().map { comparison($0.element, number: $0.offset) }),
      "timings": .array(report.timings.enumerated().map { timing($0.element, number: $0.offset) }),
      "levels": .array(report.pictures.levels.map { .short($0) }),
      "pictures": .array(report.pictures.pictures.map(picture)),
    ])
  }

  /// Colours by number, since the page has others in the dark.
  static func style(_ index: Int) -> JSONValue {
    let style = PlotStyle(index: index)
    return .object([
      "colour": .integer(index % PlotStyle.colours.count), "marker": .string("\(style.marker)"),
      "dashes": .string(style.dashes.map { "\(Int($0))" }.joined(separator: " ")),
    ])
  }

  private static func metric(_ metric: ComparisonMetric) -> JSONValue {
    .object([
      "key": .string(metric.key), "label": .string(metric.title), "unit": .string(metric.unit), "lower": .bool(metric.lowerIsBetter),
    ])
  }

  private func style(of name: String) -> JSONValue { styles[name] ?? Self.style(0) }

  private func curve(_ curve: ReportCurve) -> JSONValue {
    let metrics = Set(report.metrics.map(\.key))
    let kept = { (key: String) in metrics.contains(key) || key == "bpp" || key == "bpp_file" }
    let images = Self.commonImages(curve.measured)
    let keys = Self.imageKeys(curve.measured).filter { kept($0) || $0.hasSuffix("coding_time") }
    let points = curve.measured.points.map { point in
      JSONValue.object([
        "label": .string(point.label), "values": .object(point.values.filter { kept($0.key) }.mapValues { .short($0) }),
      ])
    }
    let values = curve.measured.points.map { point in
      let byName = Dictionary(point.images.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
      return JSONValue.array(images.map { name in .array(keys.map { .short(byName[name]?[$0]) }) })
    }
    return .object([
      "name": .string(curve.name), "dataset": .string(curve.dataset), "anchor": .bool(curve.isAnchor), "style": style(of: curve.name),
      "points": .array(points), "images": .array(images.map { .string($0) }), "imageKeys": .array(keys.map { .string($0) }),
      "imageValues": .array(images.isEmpty ? [] : values),
    ])
  }

  /// The images that every point has.
  private static func commonImages(_ curve: MeasuredCurve) -> [String] {
    guard let first = curve.points.first else { return [] }
    let common = curve.points.dropFirst().reduce(Set(first.images.map(\.name))) { $0.intersection($1.images.map(\.name)) }
    return first.images.map(\.name).filter(common.contains)
  }

  /// The measures of images, rates first, times last.
  private static func imageKeys(_ curve: MeasuredCurve) -> [String] {
    let keys = Set(curve.points.flatMap(\.images).flatMap(\.values.keys))
    let rates = ["bpp_file", "bpp"].filter(keys.contains)
    let times = ["encoding_time", "decoding_time"].filter(keys.contains)
    return rates + ComparisonMetric.ordered(keys.subtracting(rates).subtracting(times)).map(\.key) + times
  }

  /// The name of the place on the page where the picture of a comparison stands.
  static func place(ofComparison number: Int) -> String { "forest-\(number)" }

  private func comparison(_ comparison: ReportComparison, number: Int) -> JSONValue {
    let rows = comparison.rows.map { row in
      JSONValue.object([
        "name": .string(row.name), "rate": .short(row.rate), "style": style(of: row.name),
        "interval": row.interval.map { .array([.short($0.lowerBound), .short($0.upperBound)]) } ?? .null,
        "images": .array(
          row.images.map { .array([.string($0.name), .short($0.rate), .short($0.quality), .text($0.reason)]) }),
      ])
    }
    return .object([
      "id": .string(Self.place(ofComparison: number)), "dataset": .string(comparison.dataset), "metric": .string(comparison.metric.key),
      "anchor": .string(comparison.anchor), "rows": .array(rows),
    ])
  }

  /// The name of the place on the page where the plots of a timing stand.
  static func place(ofTiming number: Int) -> String { "times-\(number)" }

  private func timing(_ timing: ReportTiming, number: Int) -> JSONValue {
    let panels = timing.panels.map { panel in
      JSONValue.object([
        "title": .string(panel.title),
        "lines": .array(
          panel.lines.map { line in
            .object([
              "name": .string(line.name),
              "points": .array(
                line.points.map {
                  .array([.short($0.x), .short($0.y), .short($0.interval?.lowerBound), .short($0.interval?.upperBound), .string($0.text)])
                }),
            ])
          }),
      ])
    }
    return .object([
      "id": .string(Self.place(ofTiming: number)), "unit": .string(timing.unit), "xLabel": .string(timing.xLabel),
      "panels": .array(panels),
      "lines": .array(
        timing.lineNames.enumerated().map {
          .object(["name": .string($0.element), "style": styles[$0.element] ?? Self.style($0.offset)])
        }),
    ])
  }

  private func picture(_ picture: PictureSet.Picture) -> JSONValue {
    .object([
      "name": .string(picture.name), "width": .integer(picture.width), "height": .integer(picture.height),
      "original": .string(PictureSet.address(of: picture.original)),
      "versions": .array(
        picture.versions.map {
          .object([
            "curve": .string($0.curve), "label": .string($0.label), "level": .integer($0.level), "bpp": .short($0.rate),
            "psnr": .short($0.psnr), "data": .string(PictureSet.address(of: $0.bytes)),
          ])
        }),
    ])
  }
}
