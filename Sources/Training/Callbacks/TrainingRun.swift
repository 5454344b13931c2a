public import Datasets
public import Images
import Models
public import Torch

/// A training in its course, as its callbacks see it.
public final class TrainingRun {
  /// The folder of the run.
  public let folder: RunFolder
  /// The model with its optimisers.
  public let state: TrainingState
  /// The pictures.
  public let data: DataModule
  /// The seed of everything that is random.
  public let seed: UInt64
  /// The settings of the trainer.
  public let settings: TrainerSettings
  /// Epochs and batches.
  public let clock: EpochClock
  /// What was measured last, under the names of ``MetricName``.
  public internal(set) var metrics: [String: Double] = [:]

  /// Why a callback wants the training to end; nil when none does.
  private(set) var stopReason: String?
  /// The newest checkpoint that this training wrote or began with.
  public internal(set) var newestCheckpoint: String?

  /// Whether this process writes files: of several that train together, the one of rank 0.
  ///
  /// Callbacks run in all of them and see the same reports.
  public let writes: Bool

  private let configuration: String
  private let observe: (Trainer.Event) -> Void
  private var callbacks: [(name: String, callback: any RunningCallback)] = []
  let logs: TrainingLogs
  /// The rates and qualities so far; nil where nothing is logged.
  var scatter: RateDistortionScatter?

  init(
    folder: RunFolder, state: TrainingState, data: DataModule, seed: UInt64, settings: TrainerSettings, clock: EpochClock,
    configuration: String, logs: TrainingLogs, writes: Bool, observe: @escaping (Trainer.Event) -> Void
  ) {
    (self.folder, self.state, self.data, self.seed) = (folder, state, data, seed)
    self.writes = writes
    (self.settings, self.clock, self.configuration, self.logs, self.observe) = (settings, clock, configuration, logs, observe)
  }

  /// The steps made.
  public var step: Int { state.step }

  /// The epoch, counted from 0, of the newest step.
  public var epoch: Int { clock.epoch(of: step) }

  /// Ends the training after this step, unless `min_steps` or `min_epochs` are not reached yet.
  public func stop(_ reason: String) {
    let steps = max(settings.minSteps, settings.minEpochs * clock.steps)
    guard step >= steps else {
      say("\(reason); the training goes on until step \(steps), as min_steps and min_epochs say")
      return
    }
    end(reason)
  }

  /// Ends the training after this step.
  func end(_ reason: String) {
    if stopReason == nil { stopReason = reason }
  }

  /// Tells whoever watches the training.
  public func say(_ sentence: String) { observe(.note(sentence)) }

  /// Writes numbers into all logs of the run.
  public func log(_ scalars: [LoggedScalar]) throws { try logs.write(scalars, step: step) }

  /// Writes a picture into all logs of the run that take pictures.
  public func log(_ image: Image, name: String) throws { try logs.write(image, name: name, step: step) }

  /// Adds the point of a validation to `rd.svg`, without which a training goes on.
  func addToScatter(_ report: ValidationReport) throws {
    do {
      try scatter?.add(step: step, bpp: report.bitsPerPixel, psnr: report.psnr)
    } catch {
      observe(.warning("\(error)"))
    }
    if let picture = scatter?.picture { try log(picture, name: "rd") }
  }

  /// Writes a checkpoint in one step, with the states of all callbacks; where this process does not write, does nothing.
  public func writeCheckpoint(to path: String) throws {
    guard writes else { return }
    try state.model.updateTables()
    var checkpoint = try state.checkpoint(seed: seed, configuration: configuration, metrics: metrics.filter { $0.value.isFinite })
    for (name, callback) in callbacks {
      let state = try callback.state()
      if state != CallbackState() { checkpoint.states[name] = state }
    }
    try checkpoint.write(to: path)
    newestCheckpoint = path
    try logs.flush()
    observe(.checkpoint(path: path))
  }

  /// Returns 8-bit samples as pictures `[N, 3, H, W]` in 0…1.
  public func pictures(_ batch: Batch) throws -> Tensor { try state.pictures(batch) }

  func start(_ descriptions: [any TrainingCallback], continuing checkpoint: Checkpoint?) throws {
    var counts: [String: Int] = [:]
    for description in descriptions {
      let callback = try description.start(self)
      counts[callback.name, default: 0] += 1
      let count = counts[callback.name] ?? 1
      let name = count == 1 ? callback.name : "\(callback.name)_\(count)"
      if let state = checkpoint?.states[name] { try callback.restore(state, run: self) }
      callbacks.append((name, callback))
    }
    // Checkpoints are written when all else is done.
    callbacks = callbacks.filter { !($0.callback is RunningModelCheckpoint) } + callbacks.filter { $0.callback is RunningModelCheckpoint }
  }

  func tell(_ body: (any RunningCallback) throws -> Void) throws {
    for (_, callback) in callbacks { try body(callback) }
  }
}
