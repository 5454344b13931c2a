import Reporting
import Torch
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A training as its user sees it.
struct FitProgress {
  let settings: TrainerSettings
  /// The step at which the training ends.
  let end: Int
  /// What a step takes in memory, where that is known before it.
  let need: TrainingNeed?
  /// The processes that train together; nil for this one alone.
  private let group: TrainingGroup?
  private let rhythm = ProgressRhythm(isTerminal: Console.isTerminal)

  init(settings: TrainerSettings, end: Int, need: TrainingNeed?, group: TrainingGroup? = nil) {
    self.settings = settings
    self.end = end
    self.need = need
    self.group = group
  }

  /// Trains and says how it goes.
  ///
  /// - Throws: ``Interrupted`` after Ctrl-C, SIGTERM or Slurm's SIGUSR1, when the checkpoint is written.
  func run(
    _ trainer: Trainer, state: TrainingState, continuing checkpoint: Checkpoint?, classPath: String, folder: RunFolder
  ) throws {
    if settings.enableModelSummary {
      Console.note(try ModelSummary(state.model, side: 256).text(training: need.map { ($0.memory, $0.pictures) }))
    }
    Console.note("training \(classPath) (\(NumberText.grouped(state.model.parameterCount)) parameters) in \(folder.path)")
    if let place = group?.place {
      Console.note("\(place.worldSize) processes train together, started by \(place.launcher == .slurm ? "srun" : "torchrun")")
    }
    if let batches = settings.fastDevRun.batches {
      let count = batches == 1 ? "1 batch" : "\(batches) batches"
      Console.note("fast_dev_run: \(count) of training and of validation; nothing is written to \(folder.path)")
    }
    if state.step > 0 { Console.note("continuing after step \(state.step)") }
    let job = SlurmJob(ProcessEnvironment.slurm)
    Interruption.listen(includingUSR1: job != nil, isPatient: group != nil)
    let outcome = try trainer.fit(state, continuing: checkpoint, shouldStop: { Interruption.signal != nil }, observe: report)
    Console.endProgress()
    let hasCheckpoint = settings.enableCheckpointing && settings.fastDevRun.batches == nil
    if outcome == .interrupted, let signal = try agreedSignal() {
      throw interrupted(signal, job: job, step: state.step, folder: folder, hasCheckpoint: hasCheckpoint)
    }
    Console.note("done\(hasCheckpoint ? ": \(folder.last)" : "; no checkpoint was written, as the settings say")")
  }

  /// The signal that one of the processes had.
  private func agreedSignal() throws -> Int32? {
    guard let group else { return Interruption.signal }
    let signals = [SIGUSR1, SIGINT, SIGTERM]
    let own = Interruption.signal
    return zip(signals, try group.any(signals.map { $0 == own })).first { $0.1 }?.0
  }

  private func interrupted(_ signal: Int32, job: SlurmJob?, step: Int, folder: RunFolder, hasCheckpoint: Bool) -> Interrupted {
    guard hasCheckpoint else {
      return Interrupted(signal: signal, sentence: "stopped after step \(step); no checkpoint was written, as the settings say")
    }
    let next = "continue with: benchpresso fit --resume \(folder.path)"
    guard signal == SIGUSR1, let job else { return Interrupted(signal: signal, sentence: "stopped after step \(step); \(next)") }
    if job.isFirstProcess, group?.place.isFirst ?? true, let problem = job.requeue() {
      return Interrupted(signal: signal, sentence: "stopped after step \(step), and the job does not go on by itself: \(problem); \(next)")
    }
    let sentence = "stopped after step \(step); job \(job.id) is back in the queue and goes on in \(folder.path)"
    return Interrupted(signal: signal, sentence: sentence, isRequeued: true)
  }

  private func report(_ event: Trainer.Event) {
    switch event {
    case .step(let step, let pace):
      guard settings.enableProgressBar || !Console.isTerminal, rhythm.isDue(isLast: step.step == end) else { return }
      let progress = RunProgress(
        step: step.step, total: end, loss: step.loss, bpp: step.bitsPerPixel, psnr: step.psnr, auxiliaryLoss: step.auxiliaryLoss,
        learningRate: step.learningRate, stepsPerSecond: pace.stepsPerSecond, imagesPerSecond: pace.imagesPerSecond,
        secondsLeft: pace.secondsLeft)
      if Console.isTerminal { Console.progress(progress.line(width: Console.width - 1)) } else { Console.note(progress.line) }
    case .validation(let validation, let best):
      Console.note(
        "step \(validation.step): validation loss \(NumberText.fixed(validation.loss, decimals: 4)), "
          + "\(NumberText.fixed(validation.bitsPerPixel, decimals: 4)) bpp, \(NumberText.fixed(validation.psnr, decimals: 2)) dB\(best ? " (best)" : "")"
      )
    case .note(let sentence): Console.note(sentence)
    case .warning(let sentence): Console.note("warning: \(sentence)")
    case .checkpoint: break
    }
  }
}
