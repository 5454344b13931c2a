import Configuration
import Reporting
import Results
import SafeFiles
import Studies

/// The curves of a study, compared with one of them or with a published one, for each data set and measure.
struct StudyComparison {
  /// One data set in one measure.
  struct Part {
    let dataset: String
    let metric: ComparisonMetric
    let anchor: MeasuredCurve
    let rows: [CurveComparison]
    /// Several seeds of one variation as one number.
    let seeds: [SeedSummary]
  }

  /// The BD-rates of one variation over its seeds.
  struct SeedSummary: Encodable {
    let variation: String
    let values: [Double]
    /// The mean in percent.
    let mean: Double
    /// Half the width of the 95 % interval of the mean (Student's t); nil for one seed.
    let halfWidth: Double?

    enum CodingKeys: String, CodingKey {
      case variation, values, mean
      case halfWidth = "half_width_95"
    }
  }

  let parts: [Part]
  /// Why a data set has no comparison.
  private(set) var notes: [String] = []
  let options: CurveComparison.Options

  /// Reads the curves and compares them.
  init(_ file: StudyFile, curves: [StudyCurves.Curve]) throws {
    var options = CurveComparison.Options()
    options.method = file.settings.compare.method == "akima" ? .akima : file.settings.compare.method == "cubic" ? .cubic : .pchip
    options.draws = file.settings.compare.draws
    var parts: [Part] = []
    var datasets: [String] = []
    for curve in curves where !datasets.contains(curve.dataset) { datasets.append(curve.dataset) }
    for dataset in datasets {
      var own = try curves.filter { $0.dataset == dataset }.map { (curve: $0, measured: try MeasuredCurve.read($0.path)) }
      for anchor in file.anchors {
        guard case .published(let id) = anchor.source, anchor.datasets?.contains(dataset) ?? true else { continue }
        var measured = try CurveArgument.read(id)
        measured.name = anchor.name
        own.append(
          (StudyCurves.Curve(name: anchor.name, variation: nil, seed: nil, dataset: dataset, path: id, points: 0, planned: 0), measured))
      }
      let name = file.settings.compare.anchor ?? file.settings.baseline ?? file.variations.first?.name ?? ""
      let anchor: MeasuredCurve
      if name.hasPrefix("published:") {
        anchor = try CurveArgument.read(name)
      } else if let found = own.first(where: { $0.curve.name == name || ($0.curve.variation == name) }) {
        anchor = found.measured
      } else {
        notes.append("\(dataset): the anchor '\(name)' has no points there yet")
        continue
      }
      for quality in file.settings.compare.quality {
        options.metric = ComparisonMetric(quality)
        let others = own.filter { $0.measured != anchor }
        let rows = others.map { CurveComparison($0.measured, against: anchor, options) }
        let seeds = file.variations.compactMap { variation -> SeedSummary? in
          let values = zip(others, rows).filter { $0.0.curve.variation == variation.name && $0.0.curve.seed != nil }.compactMap {
            $0.1.rate
          }
          return values.isEmpty ? nil : Self.summary(variation.name, values)
        }
        parts.append(Part(dataset: dataset, metric: options.metric, anchor: anchor, rows: rows, seeds: seeds))
      }
    }
    self.parts = parts
    self.options = options
  }

  private static func summary(_ variation: String, _ values: [Double]) -> SeedSummary {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    guard values.count > 1 else { return SeedSummary(variation: variation, values: values, mean: mean, halfWidth: nil) }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let half = StudentT.quantile975(degreesOfFreedom: values.count - 1) * (variance / count).squareRoot()
    return SeedSummary(variation: variation, values: values, mean: mean, halfWidth: half)
  }

  /// Prints a table for each part.
  func show() {
    for note in notes { Console.note("note: \(note)") }
    for part in parts {
      var options = options
      options.metric = part.metric
      Console.result("\n\(part.dataset), \(part.metric.key), against \(part.anchor.name) (\(options.method.rawValue))")
      Console.result(ComparisonReport.table(part.rows, options).text(.plain).trimmingLastNewline)
      if !part.seeds.isEmpty {
        var table = TextTable([.init("variation", .left), .init("seeds"), .init("mean BD-rate [%]"), .init("± 95 %")])
        for seed in part.seeds {
          table.append([
            seed.variation, "\(seed.values.count)", NumberText.signed(seed.mean, decimals: 2),
            NumberText.fixed(seed.halfWidth, decimals: 2),
          ])
        }
        Console.result(table.text(.plain).trimmingLastNewline)
      }
      var seen: Set<String> = []
      for warning in part.rows.flatMap(\.warnings) + part.rows.compactMap(\.problem) where seen.insert(warning).inserted {
        Console.note("warning: \(warning)")
      }
    }
  }

  /// The comparison as JSON.
  var report: [PartReport] {
    parts.map { part in
      var options = options
      options.metric = part.metric
      return PartReport(
        dataset: part.dataset, comparison: ComparisonReport(part.rows, anchor: part.anchor, options, perImage: false), seeds: part.seeds)
    }
  }

  /// One part as JSON.
  struct PartReport: Encodable {
    let dataset: String
    let comparison: ComparisonReport
    let seeds: [SeedSummary]
  }
}
