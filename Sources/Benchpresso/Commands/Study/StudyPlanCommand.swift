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
      variation to know it before.
      """)

  @Argument(help: ArgumentHelp("The study file.", valueName: "file")) var file: String
  @Option(
    help: ArgumentHelp("Run this many steps of each variation, and as many more, to measure the time of a step.", valueName: "steps"))
  var measure: Int?
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func validate() throws {
    if let measure, !(1...10_000 ~= measure) { throw ValidationError("--measure must lie between 1 and 10000") }
  }

  func run() throws {
    try Failure.reported {
      let expansion = try StudyCommand.planned(file)
      let (folder, plan) = (StudyFolder(expansion.file.folder), expansion.plan)
      let states = UnitStatus.all(plan, in: folder)
      let open = plan.units.filter { states[$0.name] != .done }
      let progress = StudyProgress(units: open, plan: plan, folder: folder, jobs: expansion.file.settings.launcher.jobs)
      var stepTimes: [String: Double] = [:]
      if let measure { stepTimes = try StepTiming(plan: plan, folder: folder).measure(steps: measure) }
      func expected(_ unit: StudyUnit) -> Double? {
        if unit.kind == .fit, let variation = unit.variation, let seconds = stepTimes[variation] {
          return seconds * Double(unit.steps ?? 0)
        }
        return progress.expected(unit)
      }
      switch format {
      case .json:
        Console.result(
          try JSONOutput.text(
            plan.units.map { Row(unit: $0, status: states[$0.name]?.word ?? "planned", expectedSeconds: expected($0)) }))
      case .text:
        var table = TextTable([
          .init("#"), .init("unit", .left), .init("needs", .left), .init("steps"), .init("state", .left), .init("expected"),
        ])
        for unit in plan.units {
          let isOpen = states[unit.name] != .done
          table.append([
            "\(unit.index)", unit.name, unit.needs.joined(separator: ", "), unit.steps.map { NumberText.grouped($0) } ?? "",
            states[unit.name]?.word ?? "planned", isOpen ? NumberText.duration(expected(unit)) : "",
          ])
        }
        Console.result(table.text(.plain).trimmingLastNewline)
        let counts = StudyUnit.Kind.allCases.map { kind in (kind, plan.units(of: kind).count) }.filter { $0.1 > 0 }
        Console.note(
          "\(plan.units.count) units (\(counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", "))), \(open.count) open; "
            + "plan: \(folder.plan)")
        let times = open.map { expected($0) }
        let known = times.compactMap { $0 }.reduce(0, +)
        let unknown = times.count { $0 == nil }
        if unknown == times.count, unknown > 0 {
          Console.note("how long it will take is not known before a unit is done; 'study plan --measure 5' finds out")
        } else if !open.isEmpty {
          let rest = unknown > 0 ? " and \(unknown) units whose time is not known yet" : ""
          Console.note("expected work: \(NumberText.duration(known))\(rest), with \(expansion.file.settings.launcher.jobs) at a time")
        }
      }
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
