import Configuration
import Registry

/// What a study file says beside the maps whose keys the user chooses.
struct StudySettings: ValidatedSettings {
  /// Which checkpoint of a training is measured.
  enum Checkpoint: String, Codable, Sendable, CaseIterable {
    case best, last
  }

  /// How curves are compared.
  struct Comparison: Settings {
    /// The anchor, variation or published curve (`published:kodak/bpg_444`) that everything is compared with; null takes the baseline.
    var anchor: String?
    /// The measures.
    var quality = ["psnr"]
    /// The interpolation: pchip, akima or cubic.
    var method = "pchip"
    /// The number of resamplings behind an interval.
    var draws = 2000

    init() {}
  }

  /// How units are run elsewhere.
  struct Launcher: Settings {
    /// What is asked of Slurm.
    struct Slurm: Settings {
      /// The partition; null leaves it to the cluster.
      var partition: String?
      /// The account; null leaves it to the cluster.
      var account: String?
      /// The number of GPUs of a task; anchors and the report get none.
      var gpus = 0
      /// The number of processors of a task.
      var cpus = 8
      /// The memory of a task, for example 32G; null leaves it to the cluster.
      var mem: String?
      /// The longest time of a task, for example 3-00:00:00; null leaves it to the cluster.
      var time: String?
      /// The most tasks at the same time; null for as many as the cluster gives.
      var parallel: Int?
      /// Whether tasks that were stopped go back into the queue.
      var requeue = true
      /// How many seconds before its end a task is warned.
      var signalS = 120
      /// Further lines for #SBATCH, as they are.
      var options: [String] = []
      /// Lines of shell before the program, for example module load cuda.
      var setup: [String] = []

      init() {}
    }

    /// local, slurm or command.
    var kind = "local"
    /// How many units run at the same time on this machine.
    var jobs = 1
    /// What is asked of Slurm.
    var slurm = Slurm()
    /// A command line that gets a unit to run, with {command}, {name} and {kind}.
    var command: String?

    init() {}
  }

  /// The name of the study.
  var study = ""
  /// The version of the file form.
  var schema = 1
  /// What it is about.
  var description = ""
  /// The variation that differences are told against.
  var baseline: String?
  /// The configuration that all variations start from, one file laid over the other.
  var base: [InputPath] = []
  /// The seeds; each variation is trained with each.
  var seeds = [42]
  /// fit, test or both.
  var stages = ["fit", "test"]
  /// Further measures of the tests.
  var metrics: [String] = []
  /// Which checkpoint is measured.
  var checkpoint = Checkpoint.best
  /// How curves are compared.
  var compare = Comparison()
  /// The folder; null takes runs/<study>.
  var output: OutputPath?
  /// How units are run.
  var launcher = Launcher()

  init() {}

  func problems() -> [(key: String, sentence: String)] {
    var problems: [(key: String, sentence: String)] = []
    if !Self.isName(study) {
      problems.append(("study", "the study needs a name of letters, digits, '-' and '_', found '\(study)'"))
    }
    if schema != 1 { problems.append(("schema", "this program reads schema 1, found \(schema)")) }
    if seeds.isEmpty || Set(seeds).count != seeds.count || seeds.contains(where: { $0 < 0 }) {
      problems.append(("seeds", "expected different whole numbers from 0 on, found \(seeds)"))
    }
    if stages.isEmpty || !Set(stages).isSubset(of: ["fit", "test"]) {
      problems.append(("stages", "expected fit, test or both, found \(stages.joined(separator: ", "))"))
    }
    if !["pchip", "akima", "cubic"].contains(compare.method) {
      problems.append(("compare", "method: expected pchip, akima or cubic, found '\(compare.method)'"))
    }
    if compare.draws < 2000 { problems.append(("compare", "draws: expected 2000 or more, found \(compare.draws)")) }
    if !["local", "slurm", "command"].contains(launcher.kind) {
      problems.append(("launcher", "kind: expected local, slurm or command, found '\(launcher.kind)'"))
    }
    let slurm = launcher.slurm
    for (name, value, least) in [
      ("gpus", slurm.gpus, 0), ("cpus", slurm.cpus, 1), ("parallel", slurm.parallel ?? 1, 1), ("signal_s", slurm.signalS, 1),
    ] where value < least { problems.append(("launcher", "slurm.\(name): must be \(least) or more, found \(value)")) }
    if (slurm.options + [slurm.partition, slurm.account, slurm.mem, slurm.time].compactMap(\.self)).contains(where: {
      $0.contains(where: \.isNewline)
    }) {
      problems.append(("launcher", "slurm: what is asked of Slurm has one line each"))
    }
    if !(1...1024 ~= launcher.jobs) { problems.append(("launcher", "jobs: must be in 1 ... 1024, found \(launcher.jobs)")) }
    return problems
  }

  /// Whether a text can be a folder's name and a part of a run's name.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100 && text.first != "-"
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || "-_".utf8.contains(byte)
      }
  }
}
