import ArgumentParser
import Configuration
import Foundation
import Reporting
import Studies

/// Shows how far a study is.
struct StudyStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far a study is: a row for each variation, a column for each rate.",
    discussion: "Reads the folder of the study alone, so that it can be asked from anywhere, also while jobs of a cluster run.")

  @Argument(help: ArgumentHelp("The study file or the folder of the study.", valueName: "study")) var study: String
  @Flag(help: "Show it anew every two seconds until everything is done.") var watch = false
  @Flag(help: "List every unit.") var units = false
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let (folder, plan) = try StudyCommand.located(study)
      Interruption.listen()
      while true {
        let states = UnitStatus.all(plan, in: folder)
        if format == .json {
          Console.result(try JSONOutput.text(plan.units.map { Row($0, states[$0.name] ?? .planned, folder) }))
        } else {
          if watch, Console.isTerminal { Console.clear() }
          show(plan, states, folder)
        }
        let isOver = !states.values.contains { $0 == .planned || $0 == .running || $0 == .stopped }
        guard watch, !isOver, format == .text else { return }
        for _ in 0..<20 {
          Thread.sleep(forTimeInterval: 0.1)
          if let signal = Interruption.signal { throw Interrupted(signal: signal, sentence: "no longer watching; the study goes on") }
        }
      }
    }
  }

  private func show(_ plan: StudyPlan, _ states: [String: UnitStatus], _ folder: StudyFolder) {
    if units {
      var table = TextTable([.init("unit", .left), .init("state", .left), .init("time"), .init("why", .left)])
      for unit in plan.units {
        let row = Row(unit, states[unit.name] ?? .planned, folder)
        table.append([unit.name, cell(unit, states, folder), NumberText.duration(row.seconds), row.reason ?? ""])
      }
      Console.result(table.text(.plain).trimmingLastNewline)
    } else {
      matrix(plan, states, folder)
    }
    let words = plan.units.map { (states[$0.name] ?? .planned).word }
    let counts = ["done", "running", "stopped", "planned", "failed", "blocked"].map { word in (word, words.count { $0 == word }) }
    let open = plan.units.filter { [.planned, .running, .stopped].contains(states[$0.name]) }
    let progress = StudyProgress(units: open, plan: plan, folder: folder, jobs: max(words.count { $0 == "running" }, 1))
    let left = open.isEmpty ? "" : progress.secondsLeft.map { "; about \(NumberText.duration($0)) left" } ?? ""
    Console.note(counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ") + left)
    for unit in plan.units {
      if case .failed(let reason) = states[unit.name] { Console.note("failed: \(unit.name): \(reason); its log: \(folder.unit(unit).log)") }
    }
  }

  /// Variations by rates; a cell has the training and, behind it, its tests.
  private func matrix(_ plan: StudyPlan, _ states: [String: UnitStatus], _ folder: StudyFolder) {
    var qualities: [String] = []
    var rows: [(variation: String, seed: Int?)] = []
    let cells = plan.units.filter { $0.kind == .fit || $0.kind == .test }
    let hasSeeds = Set(cells.compactMap(\.seed)).count > 1
    for unit in cells {
      if let quality = unit.quality, !qualities.contains(quality) { qualities.append(quality) }
      if let variation = unit.variation, !rows.contains(where: { $0.variation == variation && (!hasSeeds || $0.seed == unit.seed) }) {
        rows.append((variation, hasSeeds ? unit.seed : nil))
      }
    }
    qualities.sort { (Int($0.dropFirst()) ?? 0) < (Int($1.dropFirst()) ?? 0) }
    if !rows.isEmpty {
      var table = TextTable([.init("variation", .left)] + qualities.map { .init($0, .left) })
      for row in rows {
        table.append(
          [row.variation + (row.seed.map { " (seed \($0))" } ?? "")]
            + qualities.map { quality in
              let own = cells.filter { $0.variation == row.variation && $0.quality == quality && (row.seed == nil || $0.seed == row.seed) }
              let fit = own.first { $0.kind == .fit }.map { cell($0, states, folder) }
              let tests = own.filter { $0.kind == .test }
              let done = tests.count { states[$0.name] == .done }
              let measured = tests.isEmpty ? nil : done == tests.count ? "tested" : "\(done)/\(tests.count) tested"
              return [fit, done > 0 || fit == nil ? measured : nil].compactMap { $0 }.joined(separator: ", ")
            })
      }
      Console.result(table.text(.plain).trimmingLastNewline)
    }
    for unit in plan.units where unit.kind == .anchor || unit.kind == .time {
      Console.result("\(unit.name): \(cell(unit, states, folder))")
    }
  }

  private func cell(_ unit: StudyUnit, _ states: [String: UnitStatus], _ folder: StudyFolder) -> String {
    let status = states[unit.name] ?? .planned
    guard unit.kind == .fit, status == .running || status == .stopped, let share = StudyProgress.share(unit, in: folder) else {
      return status.word
    }
    return "\(status.word) \(NumberText.fixed(share * 100, decimals: 0)) %"
  }

  /// A unit as JSON.
  private struct Row: Encodable {
    let name: String
    let kind: String
    let state: String
    let reason: String?
    let step: Int?
    let steps: Int?
    let seconds: Double?
    let folder: String

    init(_ unit: StudyUnit, _ status: UnitStatus, _ study: StudyFolder) {
      name = unit.name
      kind = unit.kind.rawValue
      state = status.word
      switch status {
      case .failed(let why): reason = why
      case .blocked(let need): reason = "it needs '\(need)'"
      default: reason = nil
      }
      step = status == .planned ? nil : StudyProgress.step(unit, in: study)
      steps = unit.steps
      seconds = UnitState.read(study.unit(unit))?.seconds
      folder = study.unit(unit).path
    }
  }
}
