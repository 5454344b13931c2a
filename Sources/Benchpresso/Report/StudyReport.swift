import Reports
import Results
import Studies

/// The report of a study, which `study run` ends with.
enum StudyReport {
  /// Writes the folder `report` of a study; does nothing while nothing is measured.
  ///
  /// - Throws: what reading results and writing files throws.
  static func write(_ file: StudyFile, plan: StudyPlan, folder: StudyFolder) throws {
    var input = ReportInput()
    try input.add(file, plan: plan, folder: folder)
    guard !input.isEmpty else { return }
    let report = try ReportBuilder(input, options: CurveComparison.Options()).report()
    let written = try ReportFiles(report).write(to: "\(folder.path)/report")
    for note in written.notes { Console.note("note: \(note)") }
    Console.note("written: the page \(folder.path)/report/index.html")
  }
}
