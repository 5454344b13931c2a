import Results

@testable import Reports

/// Curves for tests.
enum Sample {
  /// A results file of a codec that needs `factor` times the bits of `2^(quality)`, with `images` pictures that differ by a regular pattern.
  static func file(
    _ name: String, factor: Double = 1, points: Int = 5, images: Int = 8, spread: Double = 0.05, dataset: String = "kodak",
    trained: Bool = false
  ) -> ResultsFile {
    let rates = (0..<points).map { point -> RatePoint in
      let list = (0..<images).map { image -> ImageResult in
        // Hard pictures are hard for all; what is left is of this codec alone.
        let hardness = 1 + 0.3 * Double(image % 4)
        let own = 1 + spread * Double((image * 7 + Int(factor * 100) * (image + 3)) % 5 - 2) / 2
        let bytes = factor * own * hardness * Double(1 << point) * 400
        return ImageResult(
          name: "image\(image).png", width: 256, height: 256, estimatedBits: nil, payloadBytes: Int(bytes), fileBytes: Int(bytes) + 20,
          psnr: 26 + 3 * Double(point), msSSIM: 1 - 0.1 / Double(1 << point))
      }
      return RatePoint(aggregating: list, label: "q\(point + 1)", lambda: nil)
    }
    return ResultsFile(
      name: name, description: "a codec", model: ModelDescription(classPath: "codecs.Test", parameterCount: trained ? 10 : nil),
      dataset: DatasetDescription(name: dataset, folder: dataset, imageCount: images),
      environment: Environment(benchpressoVersion: "0", threads: 1, date: "2026-01-01T00:00:00Z"), points: rates)
  }

  static func curve(_ file: ResultsFile) throws -> ReportCurve {
    ReportCurve(try MeasuredCurve(file), dataset: file.dataset.name, results: file)
  }

  /// A report of these files, compared with the first.
  static func report(_ files: [ResultsFile]) throws -> Report {
    var report = Report(title: "Test", summary: "Curves.", program: "benchpresso 0", date: "2026-01-01T00:00:00Z")
    report.curves = try files.map(curve)
    var options = CurveComparison.Options()
    options.draws = 300
    guard let first = report.curves.first else { return report }
    let others = report.curves.dropFirst()
    report.comparisons = [
      ReportComparison(
        dataset: first.dataset, options: options, anchor: first.name,
        rows: others.map { CurveComparison($0.measured, against: first.measured, options) })
    ]
    let deltas = PairwiseDeltas(report.curves.map(\.measured), options)
    report.conclusions = [Conclusions(dataset: first.dataset, metric: options.metric, images: deltas)]
    return report
  }
}
