public import Configuration

/// How a training runs, with Lightning's names.
///
/// A step is one update of the main optimiser.
public struct TrainerSettings: ValidatedSettings {
  /// The steps after which training ends.
  public var maxSteps = 1_000_000
  /// The steps between two validations; 0 for none but the last.
  public var valCheckInterval = 5000
  /// The most batches of a validation; null for all.
  public var limitValBatches: Int?
  /// The largest total norm of the gradients of the network; null for no limit.
  public var gradientClipVal: Double? = 1.0
  /// The steps between two lines of metrics.
  public var logEveryNSteps = 50
  /// The steps between two checkpoints.
  public var everyNTrainSteps = 1000
  /// Where the run folders lie.
  public var defaultRootDir = "logs"
  /// The threads of one operator; null lets libtorch choose.
  public var threads: Int?
  /// Whether a line shows the progress on a terminal.
  public var enableProgressBar = true

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    for (key, value) in [("maxSteps", maxSteps), ("logEveryNSteps", logEveryNSteps), ("everyNTrainSteps", everyNTrainSteps)] where value < 1
    {
      found.append((key, "must be positive, found \(value)"))
    }
    if valCheckInterval < 0 { found.append(("valCheckInterval", "must not be negative, found \(valCheckInterval)")) }
    if let limitValBatches, limitValBatches < 1 { found.append(("limitValBatches", "must be positive, found \(limitValBatches)")) }
    if let gradientClipVal, !(gradientClipVal > 0) { found.append(("gradientClipVal", "must be positive, found \(gradientClipVal)")) }
    if let threads, !(1...1024 ~= threads) { found.append(("threads", "must be in 1 ... 1024, found \(threads)")) }
    return found
  }
}
