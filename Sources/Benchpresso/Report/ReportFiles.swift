import Measuring
import Reporting
import Reports
import Results
import SafeFiles

/// The page and, beside it, figures, tables and drawings.
struct ReportFiles {
  private let report: Report

  init(_ report: Report) { self.report = report }

  /// What was written.
  struct Written {
    var paths: [String] = []
    /// What could not be written, and what helps.
    var notes: [String] = []
  }

  /// Writes everything into a folder, which is made where it is missing.
  ///
  /// - Throws: `FileError` when the system refuses.
  func write(to folder: String) throws -> Written {
    var written = Written()
    try Folder.create(folder)
    try ReportPage(report).write(to: "\(folder)/index.html")
    written.paths.append("\(folder)/index.html")
    try figures(in: "\(folder)/figures", &written)
    try tables(in: "\(folder)/tables", &written)
    for drawing in report.drawings {
      try Folder.create("\(folder)/models")
      let path = "\(folder)/models/\(Self.fileName(drawing.name)).svg"
      try AtomicFile.write(drawing.svg, to: path)
      written.paths.append(path)
    }
    return written
  }

  private func figures(in folder: String, _ written: inout Written) throws {
    try Folder.create(folder)
    for dataset in report.datasets {
      for metric in report.metrics {
        let curves = report.curves.filter { $0.dataset == dataset && $0.measured.metrics.contains(metric.key) }
        guard !curves.isEmpty else { continue }
        // The anchor stands last, as what is drawn ends a little behind the others.
        let ordered = curves.filter { !$0.isAnchor } + curves.filter(\.isAnchor)
        var plot = ComparisonPlot(ordered.map(\.measured), metric: metric).plot
        plot.title = "\(dataset)"
        let tested = curves.filter { !$0.isAnchor }.flatMap(\.measured.points).compactMap { $0.values["bpp_file"] ?? $0.values["bpp"] }
        plot.highestRate = tested.max().map { $0 * 1.1 }
        add(try plot.writeAll(base: "\(folder)/rd-\(Self.fileName(dataset))-\(Self.fileName(metric.key))"), &written)
      }
    }
    for timing in report.timings {
      for plot in TimingPlots(timing.file).all { add(try plot.write(in: folder), &written) }
    }
  }

  private func add(_ plot: RatePlot.Written, _ written: inout Written) {
    written.paths += plot.paths
    for note in plot.notes where !written.notes.contains(note) { written.notes.append(note) }
  }

  private func tables(in folder: String, _ written: inout Written) throws {
    try Folder.create(folder)
    func write(_ table: TextTable, _ name: String) throws {
      for (style, ending) in [(TextTable.Style.csv, "csv"), (.markdown, "md"), (.latex, "tex")] {
        let path = "\(folder)/\(Self.fileName(name)).\(ending)"
        try AtomicFile.write(table.text(style), to: path)
        written.paths.append(path)
      }
    }
    for comparison in report.comparisons {
      try write(ReportTables.deltas(comparison), "deltas-\(comparison.dataset)-\(comparison.metric.key)")
    }
    for conclusions in report.conclusions where !conclusions.pairs.isEmpty {
      try write(ReportTables.pairs(conclusions), "pairs-\(conclusions.dataset)-\(conclusions.metric.key)")
    }
    for table in report.thesis { try write(table.table, "thesis-\(table.title)") }
    for name in Set(report.curves.map(\.name)).sorted() {
      let curves = report.curves.filter { $0.name == name }
      try write(
        ReportTables.points(curves, metrics: report.metrics.filter { ["psnr", "ms_ssim_db", "lpips_vgg"].contains($0.key) }),
        "points-\(name)")
    }
    for (index, timing) in report.timings.enumerated() {
      try write(ReportTables.times(timing), report.timings.count > 1 ? "times-\(index + 1)" : "times")
    }
    let reading = report.conclusions.map { "## \($0.dataset), \($0.metric.key)\n\n\($0.paragraph)\n" }.joined(separator: "\n")
    if !reading.isEmpty {
      let path = "\(folder)/reading.md"
      try AtomicFile.write(reading, to: path)
      written.paths.append(path)
    }
  }

  /// A name without what a file's name should not have.
  static func fileName(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.".contains($0) ? $0 : "_" })
  }
}
