import ArgumentParser
import Configuration
import Studies

/// Runs one unit; what launchers start.
struct StudyExec: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec", abstract: "Run one unit of a planned study in this process, as launchers do.",
    discussion: """
        benchpresso study exec runs/nonlinearity --unit fp_gdn_fit_q1_mse
        benchpresso study exec runs/nonlinearity --kind fit --index 3

      Reads the plan and the unit's configuration, never the study file. A unit that another process works on, or that needs one that is not
      done, is refused.
      """)

  @Argument(help: ArgumentHelp("The folder of the study.", valueName: "folder")) var study: String
  @Option(help: ArgumentHelp("The unit.", valueName: "name")) var unit: String?
  @Option(help: ArgumentHelp("The kind of the unit that --index counts: fit, test, anchor or time.", valueName: "kind")) var kind: String?
  @Option(help: ArgumentHelp("The place among the units of --kind, from 0.", valueName: "n")) var index: Int?
  @Option(help: ArgumentHelp("All units of --kind that need the training at this place.", valueName: "n")) var ofFit: Int?
  @Option(help: ArgumentHelp("Of a chain of trainings that --index or --of-fit begins, the one so many places after it.", valueName: "n"))
  var next = 0
  @Flag(help: "Wait until what the unit needs is done.") var wait = false

  func run() throws {
    try Failure.reported {
      let folder = StudyFolder(study)
      let plan = try StudyPlan.read(folder)
      var first: (any Error)?
      for unit in try units(plan) {
        do {
          try StudyExecution(folder: folder, plan: plan, unit: unit, waits: wait).run()
        } catch let error as Interrupted {
          throw error
        } catch {
          // One data set that fails keeps no other from being measured.
          if first == nil { first = error } else { Console.note("error: \(error)") }
        }
      }
      if let first { throw first }
    }
  }

  private func units(_ plan: StudyPlan) throws -> [StudyUnit] {
    if let unit {
      guard let found = plan.unit(unit) else {
        throw StudyError.noUnit(name: unit, hint: NearMatch.question(for: unit, among: plan.units.map(\.name)))
      }
      return [found]
    }
    let kinds = StudyUnit.Kind.allCases.map(\.rawValue)
    guard let kind else { throw UsageError.needs("exec needs --unit NAME, or --kind with --index or --of-fit") }
    guard let chosen = StudyUnit.Kind(rawValue: kind) else { throw UsageError.badValue(option: "kind", value: kind, valid: kinds) }
    let all = plan.units(of: chosen)
    if let index {
      guard all.indices.contains(index) else {
        throw UsageError.needs("--index \(index): the study has \(all.count) units of kind \(kind), counted from 0")
      }
      return [chosen == .fit ? try training(index, plan) : all[index]]
    }
    let fits = plan.units(of: .fit)
    guard let ofFit, fits.indices.contains(ofFit) else {
      throw UsageError.needs("exec needs --index or --of-fit with the place of a training, 0 to \(max(fits.count - 1, 0))")
    }
    let name = try training(ofFit, plan).name
    return all.filter { $0.needs.contains(name) }
  }

  /// The training at a place, or one that follows it in its chain.
  private func training(_ index: Int, _ plan: StudyPlan) throws -> StudyUnit {
    let fits = plan.units(of: .fit)
    guard next != 0 else { return fits[index] }
    guard let place = TrainingChains(plan).place(head: index, steps: next) else {
      throw UsageError.needs("--next \(next): '\(fits[index].name)' begins no chain of so many trainings")
    }
    return fits[place]
  }
}
