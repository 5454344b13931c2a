public import Configuration
public import Registry

/// How a training runs, with Lightning's names.
///
/// A step is one update of the main optimiser.
public struct TrainerSettings: ValidatedSettings {
  /// The number of steps after which training ends, at least 1.
  public var maxSteps = 1_000_000
  /// The epochs after which training ends, if that is earlier; null for no limit.
  public var maxEpochs: Int?
  /// The most batches of an epoch of the training; null for all.
  public var limitTrainBatches: Int?
  /// The number of steps between two validations; 0 validates only at the end.
  public var valCheckInterval = 5000
  /// The largest number of batches of one validation; null takes all.
  public var limitValBatches: Int?
  /// The most batches of a test; null for all.
  public var limitTestBatches: Int?
  /// A trial of one batch (true) or of several (a number), of training and of validation, that writes nothing.
  public var fastDevRun = FastDevRun()
  /// The largest total norm of the gradients of the network, positive; null sets no limit.
  public var gradientClipVal: Double? = 1.0
  /// The precision of numbers; only `32-true`.
  public var precision = Precision()
  /// The precision of products of matrices.
  public var matmulPrecision = MatmulPrecision.highest
  /// Where metrics go: true for the default, false or null for nowhere, one logger or a list.
  public var logger = LoggerChoice()
  /// The number of steps between two lines of metrics.csv, at least 1.
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
  /// The number of threads of one tensor operation, 1 to 1024; null lets libtorch choose.
  public var threads: Int?

  /// Creates the defaults.
  public init() {}

  /// What is out of range or does not go together.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    let positive: [(key: String, value: Int?)] = [
      ("maxSteps", maxSteps), ("maxEpochs", maxEpochs), ("limitTrainBatches", limitTrainBatches), ("limitValBatches", limitValBatches),
      ("limitTestBatches", limitTestBatches), ("logEveryNSteps", logEveryNSteps),
    ]
    for (key, value) in positive {
      if let value, value < 1 { found.append((key, "must be positive, found \(value)")) }
    }
    if valCheckInterval < 0 { found.append(("valCheckInterval", "must not be negative, found \(valCheckInterval)")) }
    if let gradientClipVal, !(gradientClipVal > 0) { found.append(("gradientClipVal", "must be positive, found \(gradientClipVal)")) }
    if let threads, !(1...1024 ~= threads) { found.append(("threads", "must be in 1 ... 1024, found \(threads)")) }
    if !enableCheckpointing, callbacks.contains(where: { $0.classPath.split(separator: ".").last == "ModelCheckpoint" }) {
      found.append(
        ("enableCheckpointing", "is false, but trainer.callbacks has a ModelCheckpoint; remove it there, or set enable_checkpointing: true")
      )
    }
    return found
  }
}
