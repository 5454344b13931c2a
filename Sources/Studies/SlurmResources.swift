/// What is asked of a cluster for each task.
public struct SlurmResources: Sendable, Equatable {
  /// The partition; nil leaves it to the cluster.
  public var partition: String?
  /// The account; nil leaves it to the cluster.
  public var account: String?
  /// The number of GPUs of a task that computes with networks; 0 asks for none.
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
