import Measuring
import Reporting
import Results
import SafeFiles

/// The files and the printed form of measured times.
struct MeasureOutput {
  let file: TimingFile
  let folder: String
  let isThroughput: Bool
  private var isScaling: Bool { file.measurement == "scaling" }

  /// The most warnings that are printed.
  private static let mostWarnings = 6

  /// Writes everything.
  ///
  /// - Returns: The paths.
  func write(plots: Bool) throws -> [String] {
    let json = "\(folder)/timing.json"
    try AtomicFile.write(try file.json(name: json), to: json)
    try AtomicFile.write(TimingCSV.points(file), to: "\(folder)/timing.csv")
    try AtomicFile.write(TimingCSV.samples(file), to: "\(folder)/samples.csv")
    var paths = [json, "\(folder)/timing.csv", "\(folder)/samples.csv"]
    if isScaling {
      paths.append("\(folder)/scaling.csv")
      try AtomicFile.write(ScalingReport(file).csv, to: "\(folder)/scaling.csv")
    }
    guard plots else { return paths }
    for plot in isScaling ? ScalingReport(file).plots : TimingPlots(file).all {
      let written = try plot.write(in: folder)
      paths += written.paths
      for note in written.notes { Console.note("note: \(note)") }
    }
    return paths
  }

  /// Prints the result.
  func show(_ format: MeasureOptions.Format) throws {
    switch format {
    case .json: Console.result(String(decoding: try file.json(name: "timing.json"), as: UTF8.self).trimmingLastNewline)
    case .csv: Console.result((isScaling ? ScalingReport(file).csv : TimingCSV.points(file)).trimmingLastNewline)
    case .table, .markdown:
      let style = format == .table ? TextTable.Style.plain : .markdown
      if isScaling {
        Console.result(ScalingReport(file).table.text(style))
        break
      }
      Console.result(TimingTables.points(file, throughput: isThroughput).text(style))
      if !file.comparisons.isEmpty {
        Console.result(TimingTables.ordering(file).text(style))
        for row in file.orderings { Console.result("\(row.direction.rawValue): \(row.sentence)") }
      }
    }
    if let overhead = file.overhead {
      let (microseconds, percent) = (
        NumberText.fixed(overhead.seconds * 1e6, decimals: 2), NumberText.fixed(overhead.share * 100, decimals: 4)
      )
      Console.note("measuring nothing takes \(microseconds) µs, \(percent) % of the least median of the others")
    }
    for warning in file.warnings.prefix(Self.mostWarnings) { Console.note("warning: \(warning)") }
    let more = file.warnings.count - Self.mostWarnings
    if more > 0 { Console.note("warning: \(more) more warnings are in \(folder)/timing.json") }
  }
}
