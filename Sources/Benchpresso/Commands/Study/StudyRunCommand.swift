import ArgumentParser
import Configuration
import Reporting
import SafeFiles
import Studies

/// Runs what is missing of a study on this machine.
struct StudyRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run what is missing of a study, then put its curves together and compare them.",
    discussion: """
        benchpresso study run studies/nonlinearity-small.yaml --jobs 2
        benchpresso study run studies/nonlinearity-small.yaml --only 'fp_gdn*'
        benchpresso study run studies/nonlinearity-small.yaml --rerun failed

      Each unit runs in a process of its own, whose words go to log.txt of the unit's folder. A unit that fails stops those that need it and no
      others. Ctrl-C lets every training write a checkpoint; the same command goes on from there. The exit status is 1 when a unit failed.
      """)

  @Argument(help: ArgumentHelp("The study file.", valueName: "file")) var file: String
  @Option(help: ArgumentHelp("How many units run at the same time.", valueName: "n")) var jobs: Int?
  @Option(
    help: ArgumentHelp(
      "Only these units and what they need: a name, a variation, a kind, or a pattern with *; repeatable.", valueName: "name"))
  var only: [String] = []
  @Option(help: ArgumentHelp("Run again what is done: failed, all, or names as for --only; repeatable.", valueName: "what")) var rerun:
    [String] = []
  @Flag(help: "Say what would run, and run nothing.") var dryRun = false
  @Flag(help: "End at the first failure.") var failFast = false

  func validate() throws {
    if let jobs, !(1...1024 ~= jobs) { throw ValidationError("--jobs must lie between 1 and 1024") }
  }

  func run() throws {
    try Failure.reported {
      let expansion = try StudyCommand.expanded(file)
      let (folder, plan) = (expansion.folder, expansion.plan)
      let choice = try StudyChoice(plan: plan, folder: folder, only: only, rerun: rerun)
      let units = choice.open(includingRunning: true)
      if dryRun {
        for unit in units { Console.result(unit.name) }
        Console.note("\(units.count) units would run")
        for problem in StudyPreflight(expansion, units: units).problems { Console.note("missing: \(problem)") }
        return
      }
      try StudyPreflight(expansion, units: units).check()
      let launcher = expansion.file.settings.launcher
      let command = try launcher.kind == "command" ? launcher.command.map { try LauncherCommand($0) } : nil
      try choice.reset()
      try StudyCommand.write(expansion)
      var report = StudyRunner.Report()
      if !units.isEmpty {
        report = try StudyRun(
          folder: folder, plan: plan, jobs: jobs ?? launcher.jobs, failsFast: failFast, launcher: command
        ).run(units)
      }
      report.failed.merge(choice.failed) { now, _ in now }
      report.blocked.merge(choice.blocked) { now, _ in now }
      if units.isEmpty, report.failed.isEmpty { Console.note("everything is done") }
      try StudyResults.show(expansion.file, plan: plan, folder: folder, format: .text)
      try StudyReport.write(expansion.file, plan: plan, folder: folder)
      try Self.tellFailures(report, plan: plan, file: file)
    }
  }

  /// Tells what failed, and ends with the exit status of that.
  static func tellFailures(_ report: StudyRunner.Report, plan: StudyPlan, file: String) throws {
    guard !report.failed.isEmpty || !report.blocked.isEmpty else { return }
    var table = TextTable([.init("unit", .left), .init("state", .left), .init("why", .left)])
    for unit in plan.units {
      if let reason = report.failed[unit.name] { table.append([unit.name, "failed", reason]) }
      if let need = report.blocked[unit.name] { table.append([unit.name, "blocked", "it needs '\(need)'"]) }
    }
    Console.note("\n" + table.text(.plain).trimmingLastNewline)
    Console.note("'benchpresso study run \(file) --rerun failed' tries these again")
    throw ExitCode(ExitStatus.failure)
  }
}
