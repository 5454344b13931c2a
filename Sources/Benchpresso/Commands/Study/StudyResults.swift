import ArgumentParser
import Configuration
import SafeFiles
import Studies

/// Puts the curves of a study together and compares them.
struct StudyResults: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "Put together what is measured so far, and compare the curves.",
    discussion: """
      Writes curves/<data set>/<variation>.json, results files like those of 'test', comparison.json, and the times of all variations into the
      folder of the study; with --report the page of the report, too, in its folder 'report'.
      """)

  @Argument(help: ArgumentHelp("The study file or the folder of the study.", valueName: "study")) var study: String
  @Flag(help: "Write the report as well.") var report = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let (folder, plan) = try StudyCommand.located(study)
      let path = PathText.isConfigurationFile(study) && !Folder.exists(study) ? study : plan.file
      guard PathText.exists(path) else {
        throw UsageError.needs("there is no file '\(path)', of which '\(folder.plan)' was made; name the study file instead of its folder")
      }
      let file = try StudyFile(path)
      try Self.show(file, plan: plan, folder: folder, format: format)
      if report { try StudyReport.write(file, plan: plan, folder: folder) }
    }
  }

  /// Writes the curves, the comparison and the times, and prints the comparison.
  static func show(_ file: StudyFile, plan: StudyPlan, folder: StudyFolder, format: OutputFormat) throws {
    if let times = try StudyTimes(plan, in: folder) {
      Console.note("written: \(try times.write(in: folder, showing: format == .text))/timing.json")
    }
    let curves = try StudyCurves.write(plan, in: folder)
    guard !curves.isEmpty else {
      Console.note("no curve is measured yet")
      return
    }
    for curve in curves where curve.points < curve.planned {
      Console.note("note: \(curve.dataset)/\(curve.name) has \(curve.points) of \(curve.planned) points")
    }
    let comparison = try StudyComparison(file, curves: curves)
    let text = try JSONOutput.text(comparison.report)
    try AtomicFile.write(text + "\n", to: "\(folder.path)/comparison.json")
    switch format {
    case .json: Console.result(text)
    case .text: comparison.show()
    }
    Console.note("written: \(curves.count) curves in \(folder.curves), \(folder.path)/comparison.json")
  }
}
