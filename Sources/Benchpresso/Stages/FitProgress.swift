import Reporting
import Torch
import Training

/// A training as its user sees it.
struct FitProgress {
  let settings: TrainerSettings
  /// The step at which the training ends.
  let end: Int
  private let rhythm = ProgressRhythm(isTerminal: Console.isTerminal)

  init(settings: TrainerSettings, end: Int) {
    self.settings = settings
    self.end = end
  }

  /// Trains and says how it goes.
  ///
  /// - Throws: ``Interrupted`` after Ctrl-C or SIGTERM, when the checkpoint is written.
  func run(_ trainer: Trainer, state: TrainingState, classPath: String, folder: RunFolder) throws {
    if settings.enableModelSummary { Console.note(ModelSummary(state.model).text) }
    Console.note("training \(classPath) (\(NumberText.grouped(state.model.parameterCount)) parameters) in \(folder.path)")
    if let batches = settings.fastDevRun.batches {
      let count = batches == 1 ? "1 batch" : "\(batches) batches"
      Console.note("fast_dev_run: \(count) of training and of validation; nothing is written to \(folder.path)")
    }
    if state.step > 0 { Console.note("continuing after step \(state.step)") }
    Interruption.listen()
    let outcome = try trainer.fit(state, shouldStop: { Interruption.signal != nil }, observe: report)
    Console.endProgress()
    let hasCheckpoint = settings.enableCheckpointing && settings.fastDevRun.batches == nil
    if outcome == .interrupted, let signal = Interruption.signal {
      let next = "continue with: benchpresso fit --resume \(folder.path)"
      throw Interrupted(
        signal: signal,
        sentence: "stopped after step \(state.step); \(hasCheckpoint ? next : "no checkpoint was written, as the settings say")")
    }
    Console.note("done\(hasCheckpoint ? ": \(folder.last)" : "; no checkpoint was written, as the settings say")")
  }

  private func report(_ event: Trainer.Event) {
    switch event {
    case .step(let step, let stepsPerSecond, let imagesPerSecond, let secondsLeft):
      guard settings.enableProgressBar || !Console.isTerminal, rhythm.isDue(isLast: step.step == end) else { return }
      let progress = RunProgress(
        step: step.step, total: end, loss: step.loss, bpp: step.bitsPerPixel, psnr: step.psnr, auxiliaryLoss: step.auxiliaryLoss,
        learningRate: step.learningRate, stepsPerSecond: stepsPerSecond, imagesPerSecond: imagesPerSecond, secondsLeft: secondsLeft)
      if Console.isTerminal { Console.progress(progress.line(width: Console.width - 1)) } else { Console.note(progress.line) }
    case .validation(let validation, let best):
      Console.note(
        "step \(validation.step): validation loss \(NumberText.fixed(validation.loss, decimals: 4)), "
          + "\(NumberText.fixed(validation.bitsPerPixel, decimals: 4)) bpp, \(NumberText.fixed(validation.psnr, decimals: 2)) dB\(best ? " (best)" : "")"
      )
    case .warning(let sentence): Console.note("warning: \(sentence)")
    case .checkpoint: break
    }
  }
}
