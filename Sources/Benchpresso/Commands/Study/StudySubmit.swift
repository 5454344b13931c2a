import ArgumentParser
import Configuration
import Studies

/// Hands a study to a cluster.
struct StudySubmit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Hand what is open of a study to Slurm, or each unit to a command.",
    discussion: """
        benchpresso study submit studies/nonlinearity.yaml --launcher slurm --dry-run
        benchpresso study submit studies/nonlinearity.yaml --launcher command \\
            --command 'srun -n 1 --gpus 1 {command}' --jobs 8

      Slurm gets job arrays: trainings, then their tests (each when its training is done), anchors and timings, and a last job that puts the
      curves together. The scripts lie in the folder slurm of the study. Resources come from launcher.slurm of the study file.
      """)

  enum Launcher: String, ExpressibleByArgument, CaseIterable {
    case slurm, command
  }

  @Argument(help: ArgumentHelp("The study file.", valueName: "file")) var file: String
  @Option(help: "slurm or command; the study file's kind without it.") var launcher: Launcher?
  @Option(help: ArgumentHelp("The command that gets a unit to run, with {command} in it.", valueName: "words")) var command: String?
  @Option(help: ArgumentHelp("How many commands run at the same time.", valueName: "n")) var jobs: Int?
  @Option(help: ArgumentHelp("Only these units and what they need, as for 'study run'; repeatable.", valueName: "name")) var only:
    [String] = []
  @Flag(help: "Write the scripts and show them; submit nothing.") var dryRun = false

  func run() throws {
    try Failure.reported {
      let expansion = try StudyCommand.expanded(file)
      let settings = expansion.file.settings.launcher
      let choice = try StudyChoice(plan: expansion.plan, folder: expansion.folder, only: only)
      let chosen = launcher ?? Launcher(rawValue: settings.kind) ?? .slurm
      // What this program waits for can run elsewhere; a job would only hold its place.
      let units = choice.open(includingRunning: chosen == .command)
      guard !units.isEmpty else {
        if choice.failed.isEmpty { Console.note("everything is done, or being worked on") }
        var report = StudyRunner.Report()
        (report.failed, report.blocked) = (choice.failed, choice.blocked)
        try StudyRunCommand.tellFailures(report, plan: expansion.plan, file: file)
        return
      }
      if !dryRun { try StudyCommand.write(expansion) }
      // The machines that run the units may have what this one lacks.
      for problem in StudyPreflight(expansion, units: units).problems { Console.note("missing here: \(problem)") }
      switch chosen {
      case .slurm: try SlurmSubmission(expansion, units: units).run(isTrial: dryRun)
      case .command: try start(units, expansion)
      }
    }
  }

  private func start(_ units: [StudyUnit], _ expansion: StudyExpansion) throws {
    let settings = expansion.file.settings.launcher
    guard let text = command ?? settings.command else {
      throw UsageError.needs(
        "--launcher command needs --command WORDS with {command} in them, for example --command 'srun -n 1 {command}'")
    }
    let launcher = try LauncherCommand(text)
    if dryRun {
      for unit in units { Console.result(unit.name) }
      return
    }
    let report = try StudyRun(folder: expansion.folder, plan: expansion.plan, jobs: jobs ?? settings.jobs, launcher: launcher).run(units)
    try StudyRunCommand.tellFailures(report, plan: expansion.plan, file: file)
  }
}
