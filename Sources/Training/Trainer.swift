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
    case step(StepReport, imagesPerSecond: Double, secondsLeft: Double?)
    /// A validation was made; `best` when its loss is the smallest so far.
    case validation(ValidationReport, best: Bool)
    /// A checkpoint was written.
    case checkpoint(path: String)
  }

  /// How a training ended.
  public enum Outcome: Sendable, Equatable {
    /// All steps are made.
    case finished
    /// It was asked to stop; the checkpoint is written.
    case interrupted
  }

  private let settings: TrainerSettings
  private let data: DataModule
  private let folder: RunFolder
  private let seed: UInt64
  private let configuration: String
  private let cache = ImageCache()

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - seed: of everything that is random.
  ///   - configuration: the resolved configuration as YAML, which every checkpoint carries.
  public init(settings: TrainerSettings, data: DataModule, folder: RunFolder, seed: UInt64, configuration: String) {
    self.settings = settings
    self.data = data
    self.folder = folder
    self.seed = seed
    self.configuration = configuration
  }

  /// Trains from the state's step on.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every step, for Ctrl-C.
  ///   - observe: told of every step.
  /// - Throws: ``TrainingError`` when the loss diverges, ``DatasetError`` for a picture that cannot be read, `FileError` when a file cannot be
  ///   written; the last checkpoint is then intact.
  public func fit(_ state: TrainingState, shouldStop: () -> Bool, observe: (Event) -> Void) throws -> Outcome {
    let log = try MetricsLog(path: folder.metrics, continuingFrom: state.step)
    var best = try bestLoss(continuing: state.step > 0)
    let loader = try data.loader(.train, seed: seed, startStep: state.step, endStep: settings.maxSteps, cache: cache)
    defer { loader.cancel() }
    var pace = Pace()
    while state.step < settings.maxSteps {
      guard let batch = try loader.next() else { throw TrainingError.noData }
      let noise = SampleNoise(seed: seed, step: state.step, indices: batch.indices)
      let report = try state.update(pictures(batch), noise: noise)
      pace.add(pictures: batch.count)
      observe(
        .step(report, imagesPerSecond: pace.picturesPerSecond, secondsLeft: pace.secondsLeft(steps: settings.maxSteps - state.step)))
      if state.step % settings.logEveryNSteps == 0 { try log.write(report, imagesPerSecond: pace.picturesPerSecond) }
      let stop = shouldStop()
      let last = state.step == settings.maxSteps
      if last || (settings.valCheckInterval > 0 && state.step % settings.valCheckInterval == 0) {
        let validation = try validate(state)
        try log.write(validation)
        let isBest = validation.loss < best
        observe(.validation(validation, best: isBest))
        if isBest {
          best = validation.loss
          try save(state, to: folder.best, metrics: ["val_loss": best], observe)
        }
        pace.pause()
      }
      if last || stop || state.step % settings.everyNTrainSteps == 0 {
        try save(state, to: folder.last, metrics: ["best_val_loss": best], observe)
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
    while batches < settings.limitValBatches ?? .max, let batch = try loader.next() {
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
