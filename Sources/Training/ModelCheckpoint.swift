public import Configuration

/// When a training writes checkpoints; `callbacks.ModelCheckpoint`, with Lightning's names.
public struct ModelCheckpoint: Sendable, Equatable {
  /// The settings.
  public struct Settings: ValidatedSettings {
    /// The steps between two checkpoints.
    public var everyNTrainSteps = 1000
    /// Which checkpoints stay: 1 keeps only the newest, `last.ckpt`; −1 also keeps each as `step-<N>.ckpt`; 0 writes none at these steps.
    public var saveTopK = 1

    /// Creates the defaults.
    public init() {}

    /// What is out of range.
    public func problems() -> [(key: String, sentence: String)] {
      var found: [(key: String, sentence: String)] = []
      if everyNTrainSteps < 1 { found.append(("everyNTrainSteps", "must be positive, found \(everyNTrainSteps)")) }
      if !(-1...1 ~= saveTopK) {
        found.append(
          ("saveTopK", "must be 1 (the newest), -1 (all) or 0 (none), found \(saveTopK): nothing is watched that would tell the best ones"))
      }
      return found
    }
  }

  /// The steps between two checkpoints.
  public let everyNTrainSteps: Int
  /// Whether a checkpoint is written at these steps.
  public let isOn: Bool
  /// Whether each checkpoint is kept under a name of its own.
  public let keepsAll: Bool

  /// Creates the callback.
  public init(_ settings: Settings = Settings()) {
    everyNTrainSteps = settings.everyNTrainSteps
    isOn = settings.saveTopK != 0
    keepsAll = settings.saveTopK == -1
  }

  /// Whether a checkpoint is due after `step` updates.
  public func isDue(step: Int) -> Bool { isOn && step % everyNTrainSteps == 0 }
}
