import ChildProcesses
import Configuration
import SafeFiles
import Studies

/// Hands units to Slurm: the scripts are written first, then each is given to `sbatch` with the numbers of those before it.
struct SlurmSubmission {
  private let folder: StudyFolder
  private let scripts: SlurmScripts

  init(_ expansion: StudyExpansion, units: [StudyUnit]) {
    folder = StudyFolder(PathText.absolute(expansion.file.folder))
    scripts = SlurmScripts(
      plan: expansion.plan, open: Set(units.map(\.name)), folder: folder, program: ProgramPath.current,
      workingFolder: PathText.workingDirectory, resources: expansion.file.settings.launcher.slurm.resources)
  }

  /// Submits everything; of a trial the commands and scripts are shown, and nothing is written.
  ///
  /// - Throws: ``UsageError`` when `sbatch` is not there or refuses a job.
  func run(isTrial: Bool) throws {
    var numbers: [String: String] = [:]
    if !isTrial {
      guard ProgramSearch.path(of: "sbatch") != nil else {
        throw UsageError.needs(
          "there is no program 'sbatch', so this is no machine of a Slurm cluster; --dry-run shows the scripts, and --launcher command takes "
            + "another launcher")
      }
      try Folder.create(folder.jobs)
      for job in scripts.jobs { try AtomicFile.write(job.text, to: path(job)) }
    }
    for job in scripts.jobs {
      let words = ["--parsable"] + job.options(numbers: numbers) + [path(job)]
      if isTrial {
        numbers[job.name] = "<\(job.name)>"
        Console.result("$ sbatch \(words.joined(separator: " "))\n\(job.text)")
        continue
      }
      let number = try submit(job, words, before: numbers)
      numbers[job.name] = number
      Console.result("\(job.name): job \(number)")
    }
    if !isTrial { Console.note("'benchpresso study status \(PathText.short(folder.path))' shows how far it is") }
  }

  private func path(_ job: SlurmArray) -> String { "\(folder.jobs)/\(job.name).sh" }

  private func submit(_ job: SlurmArray, _ words: [String], before: [String: String]) throws -> String {
    let result = try ChildProcess("sbatch", words, timeLimit: .seconds(120)).run()
    if result.isSuccess, let number = result.outputText.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).first {
      return String(number)
    }
    let why = result.messagesText.split(separator: "\n").first.map(String.init) ?? "it \(result.ending)"
    let queued = before.values.sorted().joined(separator: " ")
    let remedy = before.isEmpty ? "" : "; 'scancel \(queued)' takes back what is queued already"
    throw UsageError.needs("sbatch did not take \(job.name).sh: \(why)\(remedy)")
  }
}

extension StudySettings.Launcher.Slurm {
  /// What is asked of the cluster for each task.
  var resources: SlurmResources {
    var resources = SlurmResources()
    (resources.partition, resources.account) = (partition, account)
    (resources.gpus, resources.cpus, resources.memory, resources.time) = (gpus, cpus, mem, time)
    (resources.parallel, resources.requeue, resources.signalSeconds) = (parallel, requeue, signalS)
    (resources.options, resources.setup) = (options, setup)
    return resources
  }
}
