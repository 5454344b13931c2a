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

  /// Reads and expands a study file, and writes its plan.
  static func planned(_ path: String) throws -> StudyExpansion {
    let expansion = try StudyExpansion(StudyFile(path), catalogue: Program.catalogue())
    for note in expansion.notes { Console.note("note: \(note)") }
    if let change = try expansion.write(), !change.isEmpty {
      let parts = [(change.added, "new"), (change.changed, "changed"), (change.removed, "no longer planned")].filter { !$0.0.isEmpty }
      Console.note(
        "the plan has changed: "
          + parts.map { "\($0.0.count) \($0.1) (\($0.0.prefix(3).joined(separator: ", "))\($0.0.count > 3 ? ", …" : ""))" }
          .joined(separator: "; ") + "; what was done under the old settings is kept")
    }
    return expansion
  }

  /// The folder and the plan that a word means: a study file or the folder of a study.
  static func located(_ word: String) throws -> (StudyFolder, StudyPlan) {
    let folder = StudyFolder(Folder.exists(word) ? word : try StudyFile(word).folder)
    return (folder, try StudyPlan.read(folder))
  }

  /// The units whose names a pattern means: a name, the beginning of one with `*`, or a kind.
  static func matching(_ patterns: [String], in plan: StudyPlan) throws -> [StudyUnit] {
    if patterns.isEmpty { return plan.units }
    var chosen: Set<String> = []
    for pattern in patterns {
      let found = plan.units.filter { unit in Self.matches(pattern, unit) }
      guard !found.isEmpty else {
        let hint = NearMatch.question(for: pattern, among: plan.units.map(\.name) + plan.units.compactMap(\.variation))
        throw StudyError.noUnit(name: pattern, hint: hint)
      }
      chosen.formUnion(found.map(\.name))
    }
    return plan.units.filter { chosen.contains($0.name) }
  }

  private static func matches(_ pattern: String, _ unit: StudyUnit) -> Bool {
    if pattern == unit.name || pattern == unit.kind.rawValue || pattern == unit.variation { return true }
    // A star stands for any letters, as often as it is written.
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return false }
    var rest = unit.name[...]
    for (index, part) in parts.enumerated() where !part.isEmpty {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
      }
    }
    return true
  }
}
