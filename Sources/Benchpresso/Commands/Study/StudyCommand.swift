import ArgumentParser
import Configuration
import SafeFiles
import Studies

/// Variations × rates × data sets × anchors, declared once.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Run a study: variations × rates × data sets, with anchors, resumed and compared.",
    discussion: """
        benchpresso study plan studies/nonlinearity-small.yaml
        benchpresso study run studies/nonlinearity-small.yaml
        benchpresso study status studies/nonlinearity-small.yaml --watch
        benchpresso study submit studies/nonlinearity.yaml --launcher slurm --dry-run

      A study file names a base configuration, variations of it, rates, data sets and anchors. 'run' does what is missing and ends with the
      comparison; what is done is found by its settings, so that a changed value re-runs the cells that depend on it and no others.
      """,
    subcommands: [StudyPlanCommand.self, StudyRunCommand.self, StudyStatus.self, StudyResults.self, StudySubmit.self, StudyExec.self])

  /// Reads and expands a study file; writes nothing.
  static func expanded(_ path: String, checksMemory: Bool = false) throws -> StudyExpansion {
    let expansion = try StudyExpansion(StudyFile(path), catalogue: Program.catalogue(), checksMemory: checksMemory)
    for note in expansion.notes { Console.note("note: \(note)") }
    return expansion
  }

  /// Writes the plan and the configurations, and tells what has changed.
  static func write(_ expansion: StudyExpansion) throws {
    guard let change = try expansion.write(), !change.isEmpty else { return }
    let parts = [(change.added, "new"), (change.changed, "changed"), (change.removed, "no longer planned")].filter { !$0.0.isEmpty }
    Console.note(
      "the plan has changed: "
        + parts.map { "\($0.0.count) \($0.1) (\($0.0.prefix(3).joined(separator: ", "))\($0.0.count > 3 ? ", …" : ""))" }
        .joined(separator: "; ") + "; what was done under the old settings is kept")
  }

  /// The folder and the plan that a word means: a study file or the folder of a study.
  static func located(_ word: String) throws -> (StudyFolder, StudyPlan) {
    let folder = StudyFolder(Folder.exists(word) ? word : try StudyFile(word).folder)
    return (folder, try StudyPlan.read(folder))
  }
}
