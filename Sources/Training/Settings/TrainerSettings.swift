public import Configuration
public import Registry

/// How a training runs, with Lightning's names.
///
/// A step is one update of the main optimiser, everywhere: in max_steps, in the logs and in the names of checkpoints. With
/// accumulate_grad_batches it takes several batches.
public struct TrainerSettings: ValidatedSettings {
  /// The number of steps after which training ends, at least 1; -1 for no limit.
  public var maxSteps = 1_000_000
  /// The epochs after which training ends, if that is earlier; null or -1 for no limit.
  public var maxEpochs: Int?
  /// The time after which training ends, such as 12h or 00:12:00:00, counted anew when a run goes on; null for no limit.
  public var maxTime: TimeLimit?
  /// The steps that are made before a callback may end the training.
  public var minSteps = 0
  /// The epochs that are made before a callback may end the training.
  public var minEpochs = 0
  /// The batches of an epoch of the training: a number, or a share such as 25%.
  public var limitTrainBatches = BatchCount.all
  /// The batches of a validation: a number, or a share such as 25%; 0 for no validation.
  public var limitValBatches = BatchCount.all
  /// The batches of a test: a number, or a share such as 25%.
  public var limitTestBatches = BatchCount.all
  /// Trains and validates on the same few batches of the training pictures, in their order, to see whether a model can learn them at all; 0
  /// trains as usual.
  public var overfitBatches = BatchCount.count(0)
  /// The steps between two validations, or a share of an epoch such as 25%; 0 validates only at the end.
  public var valCheckInterval = BatchCount.count(5000)
  /// Validates at the end of every so many epochs, and val_check_interval then counts within these; null counts steps over all epochs.
  public var checkValEveryNEpoch: Int?
  /// The number of batches of a validation before the training, so that mistakes show at once; 0 for none.
  public var numSanityValSteps = 2
  /// A trial of one batch (true) or of several (a number), of training and of validation, that writes nothing.
  public var fastDevRun = FastDevRun()
  /// The number of batches whose gradients are added up for one step, each counting by its pictures.
  public var accumulateGradBatches = 1
  /// The parts of the model that keep their weights, such as g_a and g_s: names of parameters and what they begin with, up to a point.
  public var frozen: [String] = []
  /// The largest gradients of the network, positive; null sets no limit.
  public var gradientClipVal: Double? = 1.0
  /// Whether gradient_clip_val limits the total norm of the gradients or each number.
  public var gradientClipAlgorithm = GradientClipAlgorithm.norm
  /// The precision of numbers: 32-true, or bf16-mixed, which leaves weights and entropy models in 32 bits.
  public var precision = Precision.full
  /// The precision of products of matrices.
  public var matmulPrecision = MatmulPrecision.highest
  /// What computes: cpu, cuda, mps, or auto for a GPU where there is one.
  public var accelerator = Accelerator.auto
  /// The number of processes that train together, which torchrun or Slurm start; auto takes as many as they did.
  public var devices = DeviceCount.auto
  /// Whether operators whose result depends on chance are refused; on a processor all that are used here are deterministic.
  public var deterministic = false
  /// Where metrics go: true for the default, false or null for nowhere, one logger or a list.
  public var logger = LoggerChoice()
  /// The number of steps between two lines of metrics.csv, at least 1; the last step is always written.
  public var logEveryNSteps = 50
  /// What else happens during a training, such as when checkpoints are written.
  public var callbacks: [Component<CallbackKind>] = []
  /// Whether checkpoints are written; where no callback says when, `callbacks.ModelCheckpoint` does with its defaults.
  public var enableCheckpointing = true
  /// Whether a line shows the progress on a terminal.
  public var enableProgressBar = true
  /// Whether a table of the model's parts is shown before the training.
  public var enableModelSummary = true
  /// The folder in which the folders of the runs lie.
  public var defaultRootDir: OutputPath = "logs"
  /// The memory that the training may take by estimate: auto for that of this machine or of the GPU, off for no limit, or an amount such as 24GiB.
  ///
  /// Before a training that would take more, `fit` and `study plan` stop.
  public var memoryLimit = MemoryLimit.auto
  /// The number of threads of one tensor operation, 1 to 1024; null lets libtorch choose.
  ///
  /// MS-SSIM uses up to three threads whatever stands here, since it computes the three colours side by side.
  public var threads: Int?

  /// Creates the defaults.
  public init() {}

  /// The limit of the gradients; nil for none.
  public var clipping: GradientClipping? { gradientClipVal.map { GradientClipping(limit: $0, algorithm: gradientClipAlgorithm) } }

  /// What is out of range or does not go together.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    let positive: [(key: String, value: Int?)] = [
      ("logEveryNSteps", logEveryNSteps), ("accumulateGradBatches", accumulateGradBatches), ("checkValEveryNEpoch", checkValEveryNEpoch),
    ]
    for (key, value) in positive {
      if let value, value < 1 { found.append((key, "must be positive, found \(value)")) }
    }
    for (key, value) in [("maxSteps", Optional(maxSteps)), ("maxEpochs", maxEpochs)] {
      if let value, value < 1, value != -1 { found.append((key, "must be positive, or -1 for no limit, found \(value)")) }
    }
    for (key, value) in [("minSteps", minSteps), ("minEpochs", minEpochs), ("numSanityValSteps", numSanityValSteps)] where value < 0 {
      found.append((key, "must not be negative, found \(value)"))
    }
    for (key, value) in [("limitTrainBatches", limitTrainBatches), ("limitTestBatches", limitTestBatches)] where value == .count(0) {
      found.append((key, "must be positive, found 0"))
    }
    if let gradientClipVal, !(gradientClipVal > 0) { found.append(("gradientClipVal", "must be positive, found \(gradientClipVal)")) }
    if let threads, !(1...1024 ~= threads) { found.append(("threads", "must be in 1 ... 1024, found \(threads)")) }
    if maxSteps == -1, maxEpochs.map({ $0 == -1 }) ?? true, maxTime == nil {
      found.append(("maxSteps", "is -1, and neither max_epochs nor max_time ends the training; set one of them"))
    }
    if !enableCheckpointing, callbacks.contains(where: { $0.classPath.split(separator: ".").last == "ModelCheckpoint" }) {
      found.append(
        ("enableCheckpointing", "is false, but trainer.callbacks has a ModelCheckpoint; remove it there, or set enable_checkpointing: true")
      )
    }
    return found
  }
}
