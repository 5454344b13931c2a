/// Job scripts for the cluster manager Slurm: an array for each kind of unit, each task of which executes one unit or one training's tests.
///
/// A task is handed the signal SIGUSR1 before its time is over; the unit then writes what it has and asks to be started again.
public struct SlurmScripts: Sendable, Equatable {
  /// What is asked of the cluster.
  public struct Resources: Sendable, Equatable {
    /// The partition; nil leaves it to the cluster.
    public var partition: String?
    /// The account; nil leaves it to the cluster.
    public var account: String?
    /// The number of GPUs of a task; 0 asks for none.
    public var gpus = 0
    /// The number of processors of a task.
    public var cpus = 8
    /// The memory of a task, as Slurm writes it; nil leaves it to the cluster.
    public var memory: String?
    /// The longest time of a task, as Slurm writes it; nil leaves it to the cluster.
    public var time: String?
    /// The number of tasks at the same time; nil for as many as the cluster gives.
    public var parallel: Int?
    /// Whether tasks that were stopped go back into the queue.
    public var requeue = true
    /// How many seconds before its end a task is warned.
    public var signalSeconds = 120
    /// Further lines for `#SBATCH`, as they are.
    public var options: [String] = []
    /// Lines of shell before the program, such as `module load cuda`.
    public var setup: [String] = []

    /// Creates the usual ones.
    public init() {}
  }

  /// One job.
  public struct Job: Sendable, Equatable {
    /// `fit`, `test`, `anchor`, `time` or `report`.
    public let name: String
    /// The script.
    public let text: String
    /// The jobs that come before it, with Slurm's word for how.
    public let dependencies: [(job: String, condition: String)]

    /// Whether both are the same.
    public static func == (left: Job, right: Job) -> Bool {
      left.name == right.name && left.text == right.text
        && left.dependencies.map { "\($0)" } == right.dependencies.map { "\($0)" }
    }
  }

  /// The jobs in the order in which they are handed over.
  public let jobs: [Job]

  /// Makes the scripts of what is open in a plan.
  ///
  /// - Parameters:
  ///   - plan: the units.
  ///   - open: the names of the units to do.
  ///   - folder: the folder of the study, absolute.
  ///   - program: the path of the program, absolute.
  ///   - workingFolder: the folder in which the program is started.
  public init(plan: StudyPlan, open: Set<String>, folder: StudyFolder, program: String, workingFolder: String, resources: Resources) {
    var jobs: [Job] = []
    func script(_ name: String, array: [Int]?, limit: Int?, lines: [String], isAlone: Bool = false) -> String {
      var text = "#!/bin/bash\n#SBATCH --job-name=\(plan.study)-\(name)\n"
      if let array { text += "#SBATCH --array=\(Self.ranges(array))\(limit.map { "%\($0)" } ?? "")\n" }
      if let partition = resources.partition { text += "#SBATCH --partition=\(partition)\n" }
      if let account = resources.account { text += "#SBATCH --account=\(account)\n" }
      let usesGPU = resources.gpus > 0 && name != "anchor" && name != "report"
      if usesGPU { text += "#SBATCH --gpus=\(resources.gpus)\n" }
      text += "#SBATCH --cpus-per-task=\(resources.cpus)\n"
      if let memory = resources.memory { text += "#SBATCH --mem=\(memory)\n" }
      if let time = resources.time { text += "#SBATCH --time=\(time)\n" }
      if isAlone { text += "#SBATCH --exclusive\n" }
      if resources.requeue { text += "#SBATCH --requeue --open-mode=append\n" }
      text += "#SBATCH --signal=B:USR1@\(resources.signalSeconds)\n"
      text += "#SBATCH --chdir=\(Self.quoted(workingFolder))\n"
      text += "#SBATCH --output=\(Self.quoted("\(folder.jobs)/\(name)-%A_%a.out"))\n"
      for option in resources.options { text += "#SBATCH \(option)\n" }
      text += "set -u\n"
      for line in resources.setup { text += line + "\n" }
      return text + lines.joined(separator: "\n") + "\n"
    }
    let command = "exec \(Self.quoted(program)) study exec \(Self.quoted(folder.path))"
    let fits = plan.units(of: .fit)
    let openFits = fits.enumerated().filter { open.contains($1.name) }.map(\.offset)
    // A training that starts from its neighbour's weights waits for it; its task would hold a place meanwhile, so that chains are one task.
    if !openFits.isEmpty {
      jobs.append(
        Job(
          name: "fit",
          text: script(
            "fit", array: openFits, limit: resources.parallel, lines: ["\(command) --kind fit --index \"$SLURM_ARRAY_TASK_ID\" --wait"]),
          dependencies: []))
    }
    // One task for each training: its tests on all data sets.
    let openTests = fits.enumerated().filter { _, fit in
      plan.units(of: .test).contains { $0.needs.contains(fit.name) && open.contains($0.name) }
    }.map(\.offset)
    if !openTests.isEmpty {
      // `aftercorr` pairs tasks by their numbers, so it needs both arrays to have the same; otherwise all trainings come first.
      let isPaired = openTests == openFits
      let condition = isPaired ? "aftercorr" : "afterany"
      jobs.append(
        Job(
          name: "test",
          text: script(
            "test", array: openTests, limit: resources.parallel, lines: ["\(command) --kind test --of-fit \"$SLURM_ARRAY_TASK_ID\""]),
          dependencies: openFits.isEmpty ? [] : [("fit", condition)]))
    }
    for kind in [StudyUnit.Kind.anchor, .time] {
      let numbers = plan.units(of: kind).enumerated().filter { open.contains($1.name) }.map(\.offset)
      guard !numbers.isEmpty else { continue }
      // Timings share no machine, not even with each other.
      let limit = kind == .time ? 1 : resources.parallel
      jobs.append(
        Job(
          name: kind.rawValue,
          text: script(
            kind.rawValue, array: numbers, limit: limit, lines: ["\(command) --kind \(kind.rawValue) --index \"$SLURM_ARRAY_TASK_ID\""],
            isAlone: kind == .time),
          dependencies: []))
    }
    jobs.append(
      Job(
        name: "report",
        text: script("report", array: nil, limit: nil, lines: ["exec \(Self.quoted(program)) study results \(Self.quoted(folder.path))"]),
        dependencies: jobs.map { ($0.name, "afterany") }))
    self.jobs = jobs
  }

  /// The options of `sbatch` for a job, given the numbers of those that were handed over.
  public static func dependencyOption(of job: Job, numbers: [String: String]) -> [String] {
    let parts = job.dependencies.compactMap { dependency in numbers[dependency.job].map { "\(dependency.condition):\($0)" } }
    return parts.isEmpty ? [] : ["--dependency=\(parts.joined(separator: ","))"]
  }

  /// `0-3,7`, as Slurm writes the tasks of an array.
  static func ranges(_ numbers: [Int]) -> String {
    var parts: [(first: Int, last: Int)] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.last + 1 == number { parts[parts.count - 1].last = number } else { parts.append((number, number)) }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
  }

  /// A word as a shell reads it.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || "_-./=+:,@%".utf8.contains(byte)
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
