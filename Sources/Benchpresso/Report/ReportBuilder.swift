import Foundation
import Reports
import Results
import Synchronization

/// Makes a report of what was read: compares, concludes, looks for what is implausible.
struct ReportBuilder {
  /// The heading.
  var title: String
  /// What BD-rates are against; nil for the first published curve of a data set, else the first.
  var anchor: String?
  /// The measures of BD-rates.
  var metrics: [ComparisonMetric]

  private let input: ReportInput
  private var options: CurveComparison.Options

  /// More curves than this are not compared in pairs: the pairs would be too many to read.
  static let mostPaired = 16

  /// - Throws: `UsageError` where there is nothing to show.
  init(_ input: ReportInput, options: CurveComparison.Options) throws {
    var input = input
    input.settleDatasets()
    guard !input.curves.isEmpty || !input.timings.isEmpty else {
      throw UsageError.needs("nothing is measured yet: there is no curve and no file of times to show")
    }
    self.input = input
    self.options = options
    title = input.study.map { "Study \($0.settings.study)" } ?? "Benchpresso report"
    let known = Set(input.curves.flatMap(\.measured.metrics))
    metrics = ["psnr", "ms_ssim_db", "lpips_vgg"].filter(known.contains).map { ComparisonMetric($0) }
    if let study = input.study?.settings {
      anchor = study.compare.anchor ?? study.baseline
      metrics = study.compare.quality.map { ComparisonMetric($0) }
      self.options.method = study.compare.method == "akima" ? .akima : study.compare.method == "cubic" ? .cubic : .pchip
      self.options.draws = study.compare.draws
    }
  }

  /// Computes everything but the pictures.
  func report() throws -> Report {
    var report = Report(title: title, summary: summary, program: "benchpresso \(BuiltIn.version)")
    var curves = input.curves
    var notes = input.notes
    var jobs: [(dataset: String, options: CurveComparison.Options, anchor: MeasuredCurve, others: [ReportCurve])] = []
    for dataset in report.with(curves).datasets {
      guard let chosen = try anchorCurve(for: dataset, in: &curves, notes: &notes) else { continue }
      for metric in metrics {
        var options = options
        options.metric = metric
        let others = curves.filter { $0.dataset == dataset && $0.name != chosen.name && $0.measured.metrics.contains(metric.key) }
        guard chosen.metrics.contains(metric.key), !others.isEmpty else { continue }
        jobs.append((dataset, options, chosen, others))
      }
    }
    report.curves = curves
    report.comparisons = jobs.map { job in
      let rows = Self.inParallel(job.others) { CurveComparison($0.measured, against: job.anchor, job.options) }
      return ReportComparison(dataset: job.dataset, options: job.options, anchor: job.anchor.name, rows: rows)
    }
    report.thesis = try ThesisTable.tables(beside: report.comparisons)
    for comparison in report.comparisons { report.conclusions.append(conclude(comparison, report, notes: &notes)) }
    let lints = curves.map { CurveLint($0.measured) }
    report.findings = lints.flatMap(\.findings)
    report.remarks = lints.flatMap(\.notes)
    report.timings = input.timings
    report.notes = notes
    ModelDrawings.add(to: &report)
    return report
  }

  private var summary: String {
    let curves = input.curves
    let sets = Set(curves.map(\.dataset)).count
    func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    let parts =
      (curves.isEmpty ? [] : ["\(count(curves.count, "curve")) on \(count(sets, "data set"))"])
      + (input.timings.isEmpty ? [] : ["\(count(input.timings.count, "file")) of times"])
    let about = input.study.map { $0.settings.description }.flatMap { $0.isEmpty ? nil : $0 }
    return (about.map { [$0] } ?? []).joined() + (about == nil ? "" : " ") + parts.joined(separator: ", ") + "."
  }

  /// The curve that others of a data set are compared with; a file or a published curve that is not among them is added.
  private func anchorCurve(
    for dataset: String, in curves: inout [ReportCurve], notes: inout [String]
  ) throws -> MeasuredCurve? {
    let own = curves.filter { $0.dataset == dataset }
    if let anchor {
      if let found = own.first(where: { $0.name == anchor || $0.variation == anchor || $0.measured.place == anchor }) {
        return found.measured
      }
      let isElsewhere = curves.contains { $0.name == anchor || $0.variation == anchor || $0.measured.place == anchor }
      if isElsewhere || input.study != nil {
        notes.append("\(dataset): the anchor '\(anchor)' has no points there")
        return nil
      }
      let isFile = anchor.hasPrefix(CurveLibrary.prefix) || anchor.contains("/") || anchor.hasSuffix(".json")
      guard isFile else {
        throw UsageError.needs(
          "--anchor: there is no curve '\(anchor)'; there are \(Set(curves.map(\.name)).sorted().joined(separator: ", "))")
      }
      var extra = ReportInput()
      try extra.add(anchor)
      guard var added = extra.curves.first else { throw UsageError.needs("--anchor \(anchor): that is no curve") }
      // A published curve is of one data set; compared with others it would be of other pictures.
      if anchor.hasPrefix(CurveLibrary.prefix), added.dataset.lowercased() != dataset.lowercased() {
        notes.append("\(dataset): the anchor '\(anchor)' is of \(added.dataset)")
        return nil
      }
      (added.dataset, added.isAnchor) = (dataset, true)
      curves.append(added)
      return added.measured
    }
    let chosen = own.first(where: \.isAnchor) ?? own.first
    return chosen?.measured
  }

  private func conclude(_ comparison: ReportComparison, _ report: Report, notes: inout [String]) -> Conclusions {
    let metric = comparison.metric
    let own = report.curves.filter { $0.dataset == comparison.dataset && $0.measured.metrics.contains(metric.key) }
    let seeds = own.filter { $0.seed != nil }
    if Set(seeds.compactMap(\.seed)).count > 1 {
      var names: [String] = []
      for name in seeds.compactMap(\.variation) where !names.contains(name) { names.append(name) }
      let rates = Dictionary(comparison.rows.map { ($0.name, $0.rate) }, uniquingKeysWith: { first, _ in first })
      let values = names.map { name in
        (name: name, values: seeds.filter { $0.variation == name }.compactMap { rates[$0.name] ?? nil })
      }
      return Conclusions(
        dataset: comparison.dataset, metric: metric, seeds: SeedDeltas(values), anchor: comparison.anchor, thesis: report.thesis)
    }
    // Curves without numbers of images would take the interval from all others.
    let withImages = own.filter { $0.measured.points.allSatisfy { !$0.images.isEmpty } }
    var judged = withImages.count > 1 ? withImages : own
    var center: Int?
    if judged.count > Self.mostPaired {
      let variations = judged.filter { $0.variation != nil }
      if variations.count > 1, variations.count <= Self.mostPaired {
        judged = variations
      } else {
        center = judged.firstIndex { $0.name == comparison.anchor } ?? 0
      }
      let sentence =
        "\(comparison.dataset): more than \(Self.mostPaired) curves are not compared each with each, only \(center == nil ? "the variations" : "with \(comparison.anchor)")"
      if !notes.contains(sentence) { notes.append(sentence) }
    }
    let left = own.filter { curve in !judged.contains { $0.name == curve.name } }.map(\.name)
    if !left.isEmpty, judged.count < own.count, withImages.count < own.count {
      let sentence =
        "\(comparison.dataset): without numbers of single images, and so not compared in pairs: \(left.joined(separator: ", "))"
      if !notes.contains(sentence) { notes.append(sentence) }
    }
    let trained = Set(judged.filter(\.isTrained).map(\.name))
    return Conclusions(
      dataset: comparison.dataset, metric: metric, images: PairwiseDeltas(judged.map(\.measured), comparison.options, center: center),
      trained: trained,
      thesis: report.thesis)
  }

  /// Maps independent elements on all processors.
  static func inParallel<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    let results = Mutex<[Int: Result]>([:])
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      let result = transform(elements[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { found in elements.indices.compactMap { found[$0] } }
  }
}

extension Report {
  /// The report with other curves.
  func with(_ curves: [ReportCurve]) -> Report {
    var report = self
    report.curves = curves
    return report
  }
}
