public import Configuration

/// When a training writes checkpoints and which of them stay; `callbacks.ModelCheckpoint`, with Lightning's names.
///
/// `checkpoints/last.ckpt` of the run folder is the newest, written at the end and when a training is stopped, too; `checkpoints/best.ckpt` is
/// the best by the watched metric.
public struct ModelCheckpoint: TrainingCallback, Equatable {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The steps between two checkpoints; 0 for none by steps.
    public var everyNTrainSteps = 1000
    /// The epochs between two checkpoints, at their ends; null for none by epochs.
    public var everyNEpochs: Int?
    /// The metric that tells the best checkpoint; null takes val_loss for best.ckpt and keeps no others by it.
    public var monitor: MetricName?
    /// Whether the metric should fall or rise.
    public var mode = MetricMode.min
    /// Which checkpoints stay beside last.ckpt and best.ckpt.
    ///
    /// 1 keeps none, −1 each under its own name, 0 writes none at these steps; with a monitor, any other number keeps so many of the best.
    public var saveTopK = 1
    /// Whether the newest checkpoint is kept as last.ckpt, which a run needs to be continued.
    public var saveLast = true
    /// The names of those that stay, without suffix.
    ///
    /// Numbers stand in braces, such as {epoch}, {step:06d} or {val_loss:.3f}.
    public var filename = CheckpointName("{epoch}-{step}")
    /// Whether each number in a name has its own name before it, as in step=1000.
    public var autoInsertMetricName = true
    /// A folder for those that stay; null takes `checkpoints` of the run folder.
    public var dirpath: OutputPath?

    /// Creates the defaults.
    public init() {}

    /// What is out of range or does not go together.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if everyNTrainSteps < 0 || (everyNTrainSteps == 0 && everyNEpochs == nil && monitor == nil) {
        found.append(("everyNTrainSteps", "must be positive, found \(everyNTrainSteps)"))
      }
      if let everyNEpochs, everyNEpochs < 1 { found.append(("everyNEpochs", "must be positive, found \(everyNEpochs)")) }
      if saveTopK < -1 { found.append(("saveTopK", "must be at least -1, found \(saveTopK)")) }
      if saveTopK > 1, monitor == nil {
        found.append(
          (
            "saveTopK",
            "must be 1 (the newest), -1 (all) or 0 (none), found \(saveTopK): nothing is watched that would tell the best ones; set monitor"
          ))
      }
      return found
    }
  }

  let settings: Settings

  /// Creates the callback.
  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// The metric.
  public var watched: [String] { settings.monitor.map { [$0.name] } ?? [] }

  /// Starts watching.
  public func start(_ run: TrainingRun) -> any RunningCallback { RunningModelCheckpoint(settings: settings) }
}
