import Configuration
import Torch
import Training

/// Whether the trainings of a study fit into the memory of where they will run.
struct StudyMemory {
  private let launcher: StudySettings.Launcher

  init(_ file: StudyFile) { launcher = file.settings.launcher }

  /// What is wrong with the training of a variation; nil where it fits, or where it is not known how much there is.
  func problem(of variation: String, _ session: Session, _ file: ExperimentFile) -> Problem? {
    guard let limit = limit(session), let problem = TrainingNeed(session, tree: file.tree)?.problem(file, limit: limit) else { return nil }
    return Problem(mark: problem.mark, path: problem.path, sentence: "variation '\(variation)': \(problem.sentence)")
  }

  /// Without libtorch, and without the device of the training, nothing is known.
  private func limit(_ session: Session) -> MachineMemory? {
    let trainer = session.experiment.trainer
    guard trainer.memoryLimit == .auto else { return try? MachineMemory.limit(of: session) }
    switch launcher.kind {
    case "local":
      guard launcher.jobs > 1, let memory = MemorySize.current, (try? trainer.accelerator.device()) == .cpu else {
        return try? MachineMemory.limit(of: session)
      }
      return MachineMemory.machine(total: memory.total, processes: launcher.jobs)
    case "slurm":
      // The memory of a GPU elsewhere is not known here.
      guard launcher.slurm.gpus == 0 || trainer.accelerator == .cpu else { return nil }
      return launcher.slurm.mem.flatMap(Self.bytes).map {
        MachineMemory(bytes: $0, words: "launcher.slurm.mem is \(launcher.slurm.mem ?? "")")
      }
    default: return nil
    }
  }

  /// An amount as Slurm reads it: a number of mebibytes, or with K, M, G or T.
  static func bytes(_ text: String) -> Int? {
    let units: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    guard let number = Double(unit == nil ? text : String(text.dropLast())), number > 0, number < 1e9 else { return nil }
    return Int(number * (unit ?? 0x1p20))
  }
}
