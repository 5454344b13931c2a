public import Datasets
import LatentModels
import Models
import SafeFiles
import Torch

/// Runs a training: batches, updates, validation, checkpoints and logs.
public struct Trainer {
  /// What happens during a training, for whoever shows it.
  public enum Event {
    /// An update was made; `secondsLeft` is an estimate.
    case step(StepReport, stepsPerSecond: Double, imagesPerSecond: Double, secondsLeft: Double?)
    /// A validation was made; `best` when its loss is the smallest so far.
    case validation(ValidationReport, best: Bool)
    /// A checkpoint was written.
    case checkpoint(path: String)
    /// Something went wrong that a training can do without, as with a log.
    case warning(String)
  }

  /// How a training ended.
  public enum Outcome: Sendable, Equatable {
    /// All steps are made.
    case finished
    /// It was asked to stop; the checkpoint is written, unless none are.
    case interrupted
  }

  private let settings: TrainerSettings
  private let data: DataModule
  private let folder: RunFolder
  private let seed: UInt64
  private let configuration: String
  private let parts: TrainerParts
  private let cache = ImageCache()

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - seed: of everything that is random.
  ///   - configuration: the resolved configuration as YAML, which every checkpoint carries.
  ///   - parts: when checkpoints are written and where metrics go.
  public init(
    settings: TrainerSettings, data: DataModule, folder: RunFolder, seed: UInt64, configuration: String,
    parts: TrainerParts = TrainerParts()
  ) {
    self.settings = settings
    self.data = data
    self.folder = folder
    self.seed = seed
    self.configuration = configuration
    self.parts = parts
  }

  /// Returns the step at which a training that has made `step` steps ends: that of `max_steps` or of `max_epochs`, or of `fast_dev_run`.
  ///
  /// - Throws: ``DatasetError`` when the pictures cannot be listed.
  public func endStep(from step: Int) throws -> Int {
    if let batches = settings.fastDevRun.batches { return step + batches }
    guard let epochs = settings.maxEpochs else { return settings.maxSteps }
    let perEpoch = try data.plan(.train, seed: seed, limit: settings.limitTrainBatches).stepsPerEpoch
    let (steps, isTooLarge) = epochs.multipliedReportingOverflow(by: perEpoch)
    return isTooLarge ? settings.maxSteps : min(settings.maxSteps, steps)
  }

  /// Trains from the state's step on.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every step, for Ctrl-C.
  ///   - observe: told of every step.
  /// - Throws: ``TrainingError`` when the loss diverges, ``DatasetError`` for a picture that cannot be read, `FileError` when a file cannot be
  ///   written; the last checkpoint is then intact.
  public func fit(_ state: TrainingState, shouldStop: () -> Bool, observe: (Event) -> Void) throws -> Outcome {
    let logs = try TrainingLogs(
      settings.fastDevRun.batches != nil ? [] : parts.loggers, folder: folder, step: state.step, configuration: configuration)
    let warn = { (sentence: String) in observe(.warning(sentence)) }
    return try logs.closing(warn: warn) { try fit(state, logs, shouldStop: shouldStop, observe: observe) }
  }

  private func fit(_ state: TrainingState, _ logs: TrainingLogs, shouldStop: () -> Bool, observe: (Event) -> Void) throws -> Outcome {
    let isTrial = settings.fastDevRun.batches != nil
    let end = try endStep(from: state.step)
    let hasPicture = parts.loggers.contains { !($0 is CSVLogger) }
    var scatter =
      isTrial || parts.loggers.isEmpty ? nil : RateDistortionScatter(folder: folder, upTo: state.step, hasPicture: hasPicture)
    let checkpoints = isTrial ? [] : parts.checkpoints
    var best = try bestLoss(continuing: state.step > 0)
    let loader = try data.loader(
      .train, seed: seed, startStep: state.step, endStep: end, limit: settings.limitTrainBatches, cache: cache)
    defer { loader.cancel() }
    var pace = Pace()
    while state.step < end {
      guard let batch = try loader.next() else { throw TrainingError.noData }
      let noise = SampleNoise(seed: seed, step: state.step, indices: batch.indices)
      let report = try state.update(pictures(batch), noise: noise)
      pace.add(pictures: batch.count)
      observe(
        .step(
          report, stepsPerSecond: pace.stepsPerSecond, imagesPerSecond: pace.picturesPerSecond,
          secondsLeft: pace.secondsLeft(steps: end - state.step)))
      if state.step % settings.logEveryNSteps == 0 {
        try logs.write(report, imagesPerSecond: pace.picturesPerSecond)
        for sentence in logs.takeWarnings() { observe(.warning(sentence)) }
      }
      let stop = shouldStop()
      let last = state.step == end
      if last || (settings.valCheckInterval > 0 && state.step % settings.valCheckInterval == 0) {
        let validation = try validate(state)
        try logs.write(validation)
        do {
          try scatter?.add(step: state.step, bpp: validation.bitsPerPixel, psnr: validation.psnr)
        } catch {
          observe(.warning("\(error)"))
        }
        if let picture = scatter?.picture { try logs.write(picture, name: "rd", step: state.step) }
        let isBest = validation.loss < best
        observe(.validation(validation, best: isBest))
        if isBest {
          best = validation.loss
          if !checkpoints.isEmpty { try save(state, to: folder.best, metrics: ["val_loss": best], observe) }
        }
        pace.pause()
      }
      let due = checkpoints.filter { $0.isDue(step: state.step) }
      if !checkpoints.isEmpty, last || stop || !due.isEmpty {
        try save(state, to: folder.last, metrics: ["best_val_loss": best], observe)
        if due.contains(where: \.keepsAll) {
          try save(state, to: folder.checkpoint(step: state.step), metrics: ["best_val_loss": best], observe)
        }
      }
      if stop && !last { return .interrupted }
    }
    return .finished
  }

  /// The mean loss over the validation pictures, with rounded latents and estimated rates.
  public func validate(_ state: TrainingState) throws -> ValidationReport {
    let loader = try data.loader(.validate, seed: seed, cache: cache)
    defer { loader.cancel() }
    var (loss, rate, psnr, error, count, batches) = (0.0, 0.0, 0.0, 0.0, 0, 0)
    let limit = settings.fastDevRun.batches ?? settings.limitValBatches ?? .max
    while batches < limit, let batch = try loader.next() {
      let terms = try state.evaluate(pictures(batch))
      let weight = Double(batch.count)
      let batchError = try terms.meanSquaredError.item()
      loss += try terms.loss.item() * weight
      rate += try terms.bitsPerPixel.item() * weight
      error += batchError * weight
      psnr += Decibel.psnr(meanSquaredError: batchError) * weight
      count += batch.count
      batches += 1
    }
    guard count > 0 else { throw TrainingError.noData }
    let total = Double(count)
    return ValidationReport(
      step: state.step, loss: loss / total, bitsPerPixel: rate / total, psnr: psnr / total, meanSquaredError: error / total, pictures: count
    )
  }

  private func pictures(_ batch: Batch) throws -> Tensor {
    try .pictures(interleaved: batch.pixels, count: batch.count, height: batch.height, width: batch.width)
  }

  private func save(_ state: TrainingState, to path: String, metrics: [String: Double], _ observe: (Event) -> Void) throws {
    try state.model.updateTables()
    let finite = metrics.filter { $0.value.isFinite }
    try state.checkpoint(seed: seed, configuration: configuration, metrics: finite).write(to: path)
    observe(.checkpoint(path: path))
  }

  private func bestLoss(continuing: Bool) throws -> Double {
    guard continuing, let checkpoint = try? Checkpoint.read(folder.last) else { return .infinity }
    return checkpoint.metrics["best_val_loss"] ?? .infinity
  }
}
