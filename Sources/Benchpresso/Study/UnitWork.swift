import ArgumentParser
import Configuration
import Results
import SafeFiles
import Studies
import Training

/// What a unit does once it may.
struct UnitWork {
  let folder: StudyFolder
  let plan: StudyPlan
  let unit: StudyUnit

  private var place: UnitFolder { folder.unit(unit) }

  /// Does it.
  func run() throws {
    switch unit.kind {
    case .fit: try train()
    case .test: try test()
    case .anchor:
      try CodecStage(words: ConfigurationWords(["--config", place.configuration, "--no-env"]), additions: [], format: .text).run()
    case .time: try time()
    }
    let wanted: String? =
      switch unit.kind {
      case .fit: nil
      case .test, .anchor: place.resultsFile
      case .time: place.timingFile
      }
    if let wanted, !PathText.exists(wanted) { throw UsageError.needs("'\(unit.name)' wrote no results") }
  }

  private func train() throws {
    var words = ["--config", place.configuration, "--no-env", "--resume", "auto"]
    if let need = unit.needs.first, let neighbour = plan.unit(need) {
      words += ["--init_weights", try checkpoint(of: neighbour, isBest: true)]
    }
    let invocation = try StageInvocation(stage: "fit", words: ConfigurationWords(words))
    try JointTraining.run { group in _ = try FitStage(invocation: invocation, group: group).run() }
  }

  private func test() throws {
    // What a killed measurement left is no result.
    try removeResults()
    var words = ["--config", place.configuration, "--no-env"]
    if let need = unit.needs.first, let training = plan.unit(need) {
      words += ["--ckpt_path", try checkpoint(of: training, isBest: unit.checkpoint != "last")]
    }
    try TestStage(invocation: StageInvocation(stage: "test", words: ConfigurationWords(words)), format: .text).test()
  }

  /// Points that fail, for lack of memory for example, are part of the result.
  private func time() throws {
    var words = (unit.options ?? []) + ["-o", place.results, "\(unit.name)=\(place.configuration)"]
    if Folder.exists(place.results) { words += ["--resume", "--retry"] }
    let command = try MeasureLatency.parse(words)
    do {
      try MeasureStage(command.options, measurement: "latency", batchSizes: command.batchSizes.counts).run()
    } catch let code as ExitCode {
      let file = try TimingFile(json: FileBytes.read(place.timingFile), name: place.timingFile)
      guard file.points.contains(where: { $0.outcome == .measured }) else { throw code }
    }
  }

  private func removeResults() throws {
    guard Folder.exists(place.results) else { return }
    for name in try Folder.names(in: place.results) where !Folder.exists("\(place.results)/\(name)") {
      try FileRemoval.remove("\(place.results)/\(name)")
    }
    Folder.removeIfEmpty("\(place.results)/.taken")
  }

  /// The checkpoint that a training of the study left.
  private func checkpoint(of training: StudyUnit, isBest: Bool) throws -> String {
    let runs = folder.unit(training).runs
    guard let run = try RunFolder.newestWithCheckpoint(root: runs, name: training.name) else {
      throw UsageError.needs("'\(training.name)' left no checkpoint in '\(runs)'; 'study run --rerun \(training.name)' trains it again")
    }
    return isBest && PathText.exists(run.best) ? run.best : run.last
  }
}
