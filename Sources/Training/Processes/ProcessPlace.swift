/// Which of the processes of a training this one is, as torchrun or Slurm says in environment variables.
public struct ProcessPlace: Sendable, Equatable {
  /// Who started the processes.
  public enum Launcher: String, Sendable {
    /// PyTorch's `torchrun`, or whoever sets its variables.
    case torchrun
    /// Slurm's `srun`.
    case slurm
  }

  /// Who started the processes.
  public let launcher: Launcher
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes, at least 2.
  public let worldSize: Int
  /// The number of this process on its machine, from 0.
  public let localRank: Int
  /// The number of processes on this machine.
  public let localWorldSize: Int
  /// The machine of the process of rank 0.
  public let host: String
  /// The port on it where the processes find each other.
  public let port: Int
  /// What stands before every name in the store of torchrun; nil where the process of rank 0 holds the store.
  public let storePrefix: String?

  /// Whether this process speaks and writes for all.
  public var isFirst: Bool { rank == 0 }

  /// Whether all processes run on one machine.
  public var isOneMachine: Bool { localWorldSize == worldSize }

  /// Reads the variables; nil for a process of its own.
  ///
  /// torchrun's `RANK`, `WORLD_SIZE`, `LOCAL_RANK`, `LOCAL_WORLD_SIZE`, `MASTER_ADDR` and `MASTER_PORT` count before those of a step of Slurm.
  ///
  /// - Throws: ``ProcessPlaceError`` where they do not fit together.
  public init?(_ environment: [String: String]) throws(ProcessPlaceError) {
    let variables = ProcessVariables(environment)
    if variables.has("RANK") || variables.has("WORLD_SIZE") {
      try self.init(torchrun: variables)
    } else if variables.isSlurmStep {
      try self.init(slurm: variables)
    } else {
      return nil
    }
    if worldSize == 1 { return nil }
  }

  private init(torchrun variables: ProcessVariables) throws(ProcessPlaceError) {
    launcher = .torchrun
    (rank, worldSize) = (try variables.number("RANK"), try variables.number("WORLD_SIZE"))
    try Self.check("RANK", rank, below: "WORLD_SIZE", worldSize)
    // A single process needs no others.
    guard worldSize > 1 else {
      (localRank, localWorldSize, host, port, storePrefix) = (0, 1, "", 0, nil)
      return
    }
    localRank = try variables.number("LOCAL_RANK", default: rank)
    localWorldSize = try variables.number("LOCAL_WORLD_SIZE", default: localRank == rank ? worldSize : localRank + 1)
    try Self.check("LOCAL_RANK", localRank, below: "LOCAL_WORLD_SIZE", localWorldSize)
    host = try variables.text("MASTER_ADDR")
    port = try variables.port("MASTER_PORT")
    let attempt = variables.given("TORCHELASTIC_RESTART_COUNT") ?? "0"
    storePrefix = variables.given("TORCHELASTIC_USE_AGENT_STORE") == "True" ? "/worker/attempt_\(attempt)" : nil
  }

  private init(slurm variables: ProcessVariables) throws(ProcessPlaceError) {
    launcher = .slurm
    rank = try variables.number("SLURM_PROCID")
    let count = variables.has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS"
    worldSize = try variables.number(count)
    try Self.check("SLURM_PROCID", rank, below: count, worldSize)
    storePrefix = nil
    guard worldSize > 1 else {
      (localRank, localWorldSize, host, port) = (0, 1, "", 0)
      return
    }
    localRank = try variables.number("SLURM_LOCALID", default: rank)
    let list = variables.given("SLURM_STEP_NODELIST") ?? variables.given("SLURM_JOB_NODELIST") ?? variables.given("SLURM_NODELIST")
    let hosts = list.map { SlurmHosts.expanded($0) } ?? []
    localWorldSize = hosts.count <= 1 ? worldSize : max(localRank + 1, variables.tasksOnNode ?? 1)
    if let given = variables.given("MASTER_ADDR") {
      host = given
    } else if let first = hosts.first {
      host = first
    } else {
      throw .missing(name: "SLURM_STEP_NODELIST", beside: "SLURM_PROCID")
    }
    if variables.has("MASTER_PORT") {
      port = try variables.port("MASTER_PORT")
    } else {
      // The last four digits of the job's number keep jobs on one machine apart, as in Lightning.
      let job = try variables.number("SLURM_JOB_ID")
      port = 15_000 + job % 10_000
    }
  }

  private static func check(_ name: String, _ value: Int, below bound: String, _ limit: Int) throws(ProcessPlaceError) {
    guard limit >= 1 else { throw .value(name: bound, text: "\(limit)", expected: "a number of processes of at least 1") }
    guard value < limit else { throw .rank(name: name, value: value, boundName: bound, bound: limit) }
  }
}
