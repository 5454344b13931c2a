import ArgumentParser
import Configuration
import Foundation
import Reporting
import Studies

/// Shows what a study consists of and what it will cost.
struct StudyPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Check a study file, freeze its cells, and say what is open and how long it will take.",
    discussion: """
      Every configuration is put together and checked, all mistakes are told at once, and plan.json and a config.yaml for each unit are written
      to the folder of the study. The time of what is open comes from units of the same kind that are done; --measure runs a few steps of each
      variation to know it before. A training that takes more memory than this machine has, or than launcher.slurm.mem, is a mistake, too;
      trainer.memory_limit sets another limit.
      """)

  @Argument(help: ArgumentHelp("The study file.", valueName: "file")) var file: String
  @Option(
    help: ArgumentHelp("Run this many steps of each variation, and as many more, to measure the time of a step.", valueName: "steps"))
  var measure: Int?
  @Flag(help: "Do not ask whether the trainings fit into memory.") var noMemoryCheck = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func validate() throws {
    if let measure, !(1...10_000 ~= measure) { throw ValidationError("--measure must lie between 1 and 10000") }
  }

  func run() throws {
    try Failure.reported {
      let expansion = try StudyCommand.expanded(file, checksMemory: !noMemoryCheck)
      try StudyCommand.write(expansion)
      let (folder, plan) = (expansion.folder, expansion.plan)
      let states = UnitStatus.all(plan, in: folder)
      let open = plan.units.filter { states[$0.name] != .done }
      let progress = StudyProgress(units: open, plan: plan, folder: folder, jobs: expansion.file.settings.launcher.jobs)
      let missing = StudyPreflight(expansion, units: open).problems
      for problem in missing { Console.note("missing: \(problem)") }
      var stepTimes: [String: Double] = [:]
      if let measure { stepTimes = try StepTiming(plan: plan, folder: folder).measure(steps: measure) }
      let rows = plan.units.map { unit in
        let seconds = unit.kind == .fit ? unit.variation.flatMap { stepTimes[$0] }.map { $0 * Double(unit.steps ?? 0) } : nil
        return Row(unit: unit, status: states[unit.name]?.word ?? "planned", expectedSeconds: seconds ?? progress.expected(unit))
      }
      switch format {
      case .json: Console.result(try JSONOutput.text(rows))
      case .text:
        show(rows)
        tellCosts(rows.filter { $0.status != UnitStatus.done.word }, all: plan, folder: folder, jobs: expansion.file.settings.launcher.jobs)
      }
    }
  }

  private func show(_ rows: [Row]) {
    var table = TextTable([
      .init("#"), .init("unit", .left), .init("needs", .left), .init("steps"), .init("state", .left), .init("expected"),
    ])
    for row in rows {
      table.append([
        "\(row.unit.index)", row.unit.name, row.unit.needs.joined(separator: ", "), row.unit.steps.map { NumberText.grouped($0) } ?? "",
        row.status, row.status == UnitStatus.done.word ? "" : NumberText.duration(row.expectedSeconds),
      ])
    }
    Console.result(table.text(.plain).trimmingLastNewline)
  }

  private func tellCosts(_ open: [Row], all plan: StudyPlan, folder: StudyFolder, jobs: Int) {
    let counts = StudyUnit.Kind.allCases.map { kind in (kind, plan.units(of: kind).count) }.filter { $0.1 > 0 }
    Console.note(
      "\(plan.units.count) units (\(counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", "))), \(open.count) open; "
        + "plan: \(folder.plan)")
    let known = open.compactMap(\.expectedSeconds)
    guard !open.isEmpty else { return }
    if known.isEmpty {
      Console.note("how long it will take is not known before a unit is done; 'study plan --measure 5' finds out")
    } else {
      let unknown = open.count - known.count
      let rest = unknown > 0 ? " and \(unknown) units whose time is not known yet" : ""
      Console.note("expected work: \(NumberText.duration(known.reduce(0, +)))\(rest), with \(jobs) at a time")
    }
  }

  /// A unit as JSON.
  private struct Row: Encodable {
    let unit: StudyUnit
    let status: String
    let expectedSeconds: Double?

    enum CodingKeys: String, CodingKey {
      case unit, status
      case expectedSeconds = "expected_seconds"
    }
  }
}
