import ArgumentParser
import ChildProcesses
import Configuration
import SafeFiles
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
      let expansion = try StudyCommand.planned(file)
      let (folder, plan) = (StudyFolder(expansion.file.folder), expansion.plan)
      let settings = expansion.file.settings.launcher
      let units = try StudyChoice(plan: plan, folder: folder).open(only: only)
      guard !units.isEmpty else {
        Console.note("everything is done")
        return
      }
      switch launcher ?? Launcher(rawValue: settings.kind) ?? .slurm {
      case .slurm: try submit(units, plan, folder, settings.slurm)
      case .command:
        guard let command = command ?? settings.command else {
          throw UsageError.needs(
            "--launcher command needs --command WORDS with {command} in them, for example --command 'srun -n 1 {command}'")
        }
        _ = try LauncherCommand(command)
        if dryRun {
          for unit in units { Console.result(unit.name) }
          return
        }
        let report = try StudyRun(folder: folder, plan: plan, jobs: jobs ?? settings.jobs, launcher: command).run(units)
        guard report.failed.isEmpty else { throw ExitCode(ExitStatus.failure) }
      }
    }
  }

  private func submit(_ units: [StudyUnit], _ plan: StudyPlan, _ folder: StudyFolder, _ slurm: StudySettings.Launcher.Slurm) throws {
    var resources = SlurmScripts.Resources()
    resources.partition = slurm.partition
    resources.account = slurm.account
    resources.gpus = slurm.gpus
    resources.cpus = slurm.cpus
    resources.memory = slurm.mem
    resources.time = slurm.time
    resources.parallel = slurm.parallel
    resources.requeue = slurm.requeue
    resources.signalSeconds = slurm.signalS
    resources.options = slurm.options
    resources.setup = slurm.setup
    let absolute = StudyFolder(PathText.absolute(folder.path))
    let scripts = SlurmScripts(
      plan: plan, open: Set(units.map(\.name)), folder: absolute, program: ProgramPath.current,
      workingFolder: PathText.workingDirectory, resources: resources)
    try Folder.create(absolute.jobs)
    for job in scripts.jobs { try AtomicFile.write(job.text, to: "\(folder.jobs)/\(job.name).sh") }
    var numbers: [String: String] = [:]
    for job in scripts.jobs {
      if dryRun {
        numbers[job.name] = "<\(job.name)>"
        let words = ["sbatch", "--parsable"] + SlurmScripts.dependencyOption(of: job, numbers: numbers) + ["\(folder.jobs)/\(job.name).sh"]
        Console.result("$ \(words.joined(separator: " "))\n\(job.text)")
        continue
      }
      let words = ["--parsable"] + SlurmScripts.dependencyOption(of: job, numbers: numbers) + ["\(absolute.jobs)/\(job.name).sh"]
      let result = try ChildProcess("sbatch", words, timeLimit: .seconds(120)).run()
      guard result.isSuccess, let number = result.outputText.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).first else {
        let words = result.messagesText.split(separator: "\n").first.map(String.init) ?? "\(result.ending)"
        let before =
          numbers.isEmpty ? "" : "; jobs \(numbers.values.sorted().joined(separator: ", ")) are queued already ('scancel' takes them back)"
        throw UsageError.needs("sbatch did not take \(job.name).sh: \(words)\(before)")
      }
      numbers[job.name] = String(number)
      Console.result("\(job.name): job \(number)")
    }
    if !dryRun { Console.note("'benchpresso study status \(folder.path)' shows how far it is") }
  }
}
