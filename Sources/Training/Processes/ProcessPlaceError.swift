/// What is wrong with the variables that say which of several processes this one is.
public enum ProcessPlaceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A variable is not set although another one is.
  case missing(name: String, beside: String)
  /// A variable holds something else than it should.
  case value(name: String, text: String, expected: String)
  /// The number of the process is not below the number of processes.
  case rank(name: String, value: Int, boundName: String, bound: Int)
  /// `trainer.devices` asks for another number of processes than were started.
  case devices(asked: Int, started: Int, launcher: ProcessPlace.Launcher?)

  /// One sentence with the place and the remedy.
  public var description: String {
    switch self {
    case .missing(let name, let beside):
      "the environment variable \(beside) is set but \(name) is not, so the other processes of the training cannot be found; \(Self.remedy(name))"
    case .value(let name, let text, let expected):
      "the environment variable \(name) is '\(text)', expected \(expected); \(Self.remedy(name))"
    case .rank(let name, let value, let boundName, let bound):
      "the environment variable \(name) is \(value), but there are only \(bound == 1 ? "one process" : "\(bound) processes") (\(boundName)), which "
        + "are numbered from 0; \(Self.remedy(name))"
    case .devices(let asked, let started, let launcher):
      "trainer.devices is \(asked), but \(started == 1 ? "one process was" : "\(started) processes were") started"
        + "\(launcher.map { " by \($0 == .slurm ? "srun" : "torchrun")" } ?? ""); start them with \(Self.command(asked, launcher)), "
        + "or leave trainer.devices at auto"
    }
  }

  private static func remedy(_ name: String) -> String {
    name.hasPrefix("SLURM")
      ? "start the training with srun, which sets the SLURM_ variables, or unset SLURM_PROCID to train with one process"
      : "start the training with torchrun, which sets RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT, or unset RANK and WORLD_SIZE to "
        + "train with one process"
  }

  private static func command(_ count: Int, _ launcher: ProcessPlace.Launcher?) -> String {
    switch (launcher, count) {
    case (_, 1): "'benchpresso fit …'"
    case (.slurm, _): "'srun --ntasks \(count) benchpresso fit …'"
    default: "'torchrun --no-python --nproc-per-node \(count) benchpresso fit …'"
    }
  }
}
