import Configuration
public import Datasets
import LatentModels
import Models
import SafeFiles
import Torch

/// Runs a training: batches, updates, validation, callbacks and logs.
public struct Trainer {
  /// What happens during a training, for whoever shows it.
  public enum Event {
    /// An update was made.
    case step(StepReport, StepPace)
    /// A validation was made; `best` when its loss is the smallest so far.
    case validation(ValidationReport, best: Bool)
    /// A checkpoint was written.
    case checkpoint(path: String)
    /// Something worth a line, such as why the training ends.
    case note(String)
    /// Something went wrong that a training can do without, as with a log.
    case warning(String)
  }

  /// How a training ended.
  public enum Outcome: Sendable, Equatable {
    /// All steps are made, the time is over or a callback ended it.
    case finished
    /// It was asked to stop; the checkpoint is written, unless none are.
    case interrupted
  }

  let settings: TrainerSettings
  let data: DataModule
  private let folder: RunFolder
  let seed: UInt64
  let group: TrainingGroup?
  private let configuration: String
  private let parts: TrainerParts
  let cache = ImageCache()

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - seed: of everything that is random.
  ///   - configuration: the resolved configuration as YAML, which every checkpoint carries.
  ///   - parts: the callbacks and where metrics go.
  ///   - group: the processes that train together; nil for this one alone.
  public init(
    settings: TrainerSettings, data: DataModule, folder: RunFolder, seed: UInt64, configuration: String,
    parts: TrainerParts = TrainerParts(), group: TrainingGroup? = nil
  ) {
    self.settings = settings
    self.data = data
    self.folder = folder
    self.seed = seed
    self.configuration = configuration
    self.parts = parts
    self.group = group
  }

  /// How many processes train.
  private var worldSize: Int { group?.place.worldSize ?? 1 }

  /// Whether this process writes files and logs.
  private var writes: Bool { group?.place.isFirst ?? true }

  /// Returns epochs and batches of the training.
  ///
  /// - Throws: ``DatasetError`` when the pictures cannot be listed, ``TrainingError/shareOfBatches(setting:share:batches:)``.
  public func clock() throws -> EpochClock {
    let all = try data.plan(.train, seed: seed, worldSize: worldSize).stepsPerEpoch
    let batches =
      try overfitBatches() ?? number(settings.limitTrainBatches, of: all, setting: "limit_train_batches")
    return EpochClock(batches: batches, accumulation: settings.accumulateGradBatches)
  }

  /// The number of batches that are trained and validated again and again; nil for a training as usual.
  func overfitBatches() throws -> Int? {
    if settings.overfitBatches == .count(0) { return nil }
    let all = try data.plan(.train, seed: seed, worldSize: worldSize).stepsPerEpoch
    return try number(settings.overfitBatches, of: all, setting: "overfit_batches")
  }

  /// Returns the step at which a training that has made `step` steps ends: that of `max_steps` or of `max_epochs`, or of `fast_dev_run`.
  ///
  /// - Throws: ``DatasetError`` when the pictures cannot be listed.
  public func endStep(from step: Int) throws -> Int {
    if let batches = settings.fastDevRun.batches { return step + batches }
    let limit = settings.maxSteps == -1 ? Int.max : settings.maxSteps
    guard let epochs = settings.maxEpochs, epochs != -1 else { return limit }
    let (steps, isTooLarge) = epochs.multipliedReportingOverflow(by: try clock().steps)
    return isTooLarge ? limit : min(limit, steps)
  }

  /// Trains from the state's step on.
  ///
  /// - Parameters:
  ///   - checkpoint: what the state was restored from, whose callbacks go on; nil for a fresh training.
  ///   - shouldStop: asked after every step, for Ctrl-C.
  ///   - observe: told of every step.
  /// - Throws: ``TrainingError`` when the loss diverges, ``DatasetError`` for a picture that cannot be read, `FileError` when a file cannot be
  ///   written; the last checkpoint is then intact.
  public func fit(
    _ state: TrainingState, continuing checkpoint: Checkpoint? = nil, shouldStop: @escaping () -> Bool, observe: @escaping (Event) -> Void
  ) throws -> Outcome {
    if let group { try state.join(group) }
    let logs = try TrainingLogs(
      settings.fastDevRun.batches != nil || !writes ? [] : parts.loggers, folder: folder, step: state.step, configuration: configuration)
    let warn = { (sentence: String) in observe(.warning(sentence)) }
    return try logs.closing(warn: warn) {
      try fit(state, continuing: checkpoint, logs: logs, shouldStop: shouldStop, observe: observe)
    }
  }

  private func fit(
    _ state: TrainingState, continuing checkpoint: Checkpoint?, logs: TrainingLogs, shouldStop: @escaping () -> Bool,
    observe: @escaping (Event) -> Void
  ) throws -> Outcome {
    let isTrial = settings.fastDevRun.batches != nil
    let run = TrainingRun(
      folder: folder, state: state, data: data, seed: seed, settings: settings, clock: try clock(), configuration: configuration,
      logs: logs, writes: writes, observe: observe)
    if let checkpoint, state.step > 0 { run.metrics = checkpoint.metrics }
    if state.step > 0, PathText.exists(folder.last) { run.newestCheckpoint = folder.last }
    if !isTrial {
      let own = (state.model as? any CustomTraining)?.callbacks ?? []
      try run.start(own + parts.callbacks, continuing: checkpoint)
    }
    if !isTrial, writes, !parts.loggers.isEmpty {
      run.scatter = RateDistortionScatter(
        folder: folder, upTo: state.step, hasPicture: parts.loggers.contains { !($0 is CSVLogger) })
    }
    return try FitLoop(trainer: self, run: run, end: endStep(from: state.step), shouldStop: shouldStop, observe: observe).train()
  }

  /// The mean loss over the validation pictures, with rounded latents and estimated rates; several processes share every
  /// batch.
  ///
  /// - Parameter limit: the most batches; nil for those of `limit_val_batches`.
  public func validate(_ state: TrainingState, limit: Int? = nil) throws -> ValidationReport {
    let overfit = try overfitBatches()
    let loader = try data.loader(.validate, seed: seed, endStep: overfit, repeating: overfit, shard: shard, cache: cache)
    defer { loader.cancel() }
    let batches = try limit ?? validationBatches()
    var measured: [BatchSums] = []
    while measured.count < batches, let batch = try loader.next() {
      // A batch has no picture for this process where it has fewer than there are processes.
      measured.append(batch.count == 0 ? BatchSums() : try BatchSums(state.evaluate(state.pictures(batch)), count: batch.count))
    }
    if let group { measured = BatchSums.all(try group.sum(measured.flatMap(\.numbers))) }
    return try BatchSums.report(of: measured, step: state.step)
  }

  /// This process's share of every batch.
  var shard: Shard {
    get throws { try group.map { try Shard(rank: $0.place.rank, worldSize: $0.place.worldSize) } ?? .whole }
  }

  /// The number of batches of a validation; 0 for none.
  func validationBatches() throws -> Int {
    if let batches = settings.fastDevRun.batches { return batches }
    if settings.limitValBatches == .count(0) { return 0 }
    if let batches = try overfitBatches() { return batches }
    let all = try data.plan(.validate, seed: seed, worldSize: worldSize).stepsPerEpoch
    return try number(settings.limitValBatches, of: all, setting: "limit_val_batches")
  }

  private func number(_ count: BatchCount, of all: Int, setting: String) throws -> Int {
    if let number = count.number(of: all) { return number }
    guard case .share(let share) = count else { throw TrainingError.noData }
    throw TrainingError.shareOfBatches(setting: setting, share: share, batches: all)
  }
}
