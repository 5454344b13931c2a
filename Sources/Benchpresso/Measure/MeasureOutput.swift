import Measuring
import Reporting
import Results
import SafeFiles

/// The files and the printed form of measured times.
struct MeasureOutput {
  let file: TimingFile
  let folder: String
  let isThroughput: Bool

  /// Writes everything.
  ///
  /// - Returns: The paths.
  func write(plots: Bool) throws -> [String] {
    let json = "\(folder)/timing.json"
    try AtomicFile.write(try file.json(name: json), to: json)
    try AtomicFile.write(TimingCSV.points(file), to: "\(folder)/timing.csv")
    try AtomicFile.write(TimingCSV.samples(file), to: "\(folder)/samples.csv")
    return [json, "\(folder)/timing.csv", "\(folder)/samples.csv"]
  }

  /// Prints the result.
  func show(_ format: MeasureOptions.Format) throws {
    switch format {
    case .json: Console.result(String(decoding: try file.json(name: "timing.json"), as: UTF8.self).trimmingLastNewline)
    case .csv: Console.result(TimingCSV.points(file).trimmingLastNewline)
    case .table, .markdown:
      let style = format == .table ? TextTable.Style.plain : .markdown
      Console.result(TimingTables.points(file, throughput: isThroughput).text(style))
      if !file.comparisons.isEmpty {
        Console.result(TimingTables.ordering(file).text(style))
        for row in TimingOrdering.all(file.comparisons) { Console.result("\(row.direction.rawValue): \(row.sentence)") }
      }
    }
    for warning in file.warnings { Console.note("warning: \(warning)") }
  }
}
