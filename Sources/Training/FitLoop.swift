import Datasets
import LatentModels
import Results
import Torch

/// The steps of one training.
struct FitLoop {
  let trainer: Trainer
  let run: TrainingRun
  /// The step at which the training ends.
  let end: Int
  let shouldStop: () -> Bool
  let observe: (Trainer.Event) -> Void

  private var state: TrainingState { run.state }
  private var settings: TrainerSettings { trainer.settings }
  private var isTrial: Bool { settings.fastDevRun.batches != nil }

  init(
    trainer: Trainer, run: TrainingRun, end: Int, shouldStop: @escaping () -> Bool, observe: @escaping (Trainer.Event) -> Void
  ) {
    (self.trainer, self.run, self.end, self.shouldStop, self.observe) = (trainer, run, end, shouldStop, observe)
  }

  func train() throws -> Trainer.Outcome {
    let clock = run.clock
    let validationBatches = try trainer.validationBatches()
    if state.step == 0, !isTrial, settings.numSanityValSteps > 0, validationBatches > 0 {
      _ = try trainer.validate(state, limit: min(settings.numSanityValSteps, validationBatches))
    }
    let rhythm = ValidationRhythm(clock: clock, interval: settings.valCheckInterval, everyNEpoch: settings.checkValEveryNEpoch)
    let lastBatch = end == .max ? Int.max : clock.firstBatch(after: end)
    let loader = try trainer.data.loader(
      .train, seed: trainer.seed, startStep: clock.firstBatch(after: state.step), endStep: lastBatch, limit: clock.batches,
      repeating: try trainer.overfitBatches(), shard: trainer.shard, cache: trainer.cache)
    defer { loader.cancel() }
    var pace = Pace()
    let start = ContinuousClock.now
    var lossOfBest = run.metrics["best_val_loss"] ?? .infinity
    while state.step < end {
      let batches = try (0..<clock.batchCount(after: state.step)).map { _ in
        guard let batch = try pace.waiting({ try loader.next() }) else { throw TrainingError.noData }
        return batch
      }
      let report = try update(batches)
      run.metrics.merge(report.metrics) { $1 }
      pace.add(pictures: batches.reduce(0) { $0 + $1.countOfAllProcesses })
      let stepPace = pace.report(stepsLeft: end == .max ? nil : end - state.step)
      observe(.step(report, stepPace))
      try run.inTurn { try $0.stepEnded(report, run: run) }
      let isOverTime = settings.maxTime.map { (ContinuousClock.now - start) / .seconds(1) >= Double($0.seconds) } ?? false
      if isOverTime { run.end("the time of max_time is over") }
      let isStopped = try agree(shouldStop())
      let isEnd = state.step == end
      var validation: ValidationReport?
      if validationBatches > 0, isEnd || rhythm.isDue(state.step) || (run.stopReason != nil && !isStopped) {
        validation = try validate(&lossOfBest)
        _ = try agree(false)
        pace.pause()
      }
      let isLast = isEnd || run.stopReason != nil
      if isLast || isStopped || state.step.isMultiple(of: settings.logEveryNSteps) {
        try run.logs.write(report, pace: stepPace, residentBytes: Machine.residentBytes)
      }
      if let validation {
        try run.logs.write(validation)
        try run.addToScatter(validation)
      }
      for warning in run.logs.takeWarnings() { observe(.warning(warning)) }
      let moment = CheckpointMoment(validation: validation, isLast: isLast || isStopped)
      try run.inTurn { try $0.checkpointIsDue(moment, run: run) }
      if isLast || isStopped, let remark = pace.remark { observe(.note(remark)) }
      if isLast {
        if let reason = run.stopReason { observe(.note("\(reason), so the training ends after step \(state.step)")) }
        return .finished
      }
      if isStopped { return .interrupted }
    }
    return .finished
  }

  /// Ends the training in all processes at the same step when one of them wants to.
  ///
  /// - Returns: Whether one of them was asked to stop.
  private func agree(_ isStopped: Bool) throws -> Bool {
    guard let group = trainer.group else { return isStopped }
    let answers = try group.any([isStopped, run.stopReason != nil])
    if answers[1] { run.end("another process ends the training") }
    return answers[0]
  }

  private func update(_ batches: [Batch]) throws -> StepReport {
    let noisy = try batches.filter { $0.count > 0 }.map { batch -> TrainingState.NoisyBatch in
      let noise = SampleNoise(seed: trainer.seed, step: batch.step, indices: batch.indices)
      return (try run.pictures(batch), state.device == .cpu ? noise : MovedNoise(source: noise, device: state.device))
    }
    // For networks that draw by themselves; everything here draws with generators of its own.
    var random = DeterministicRandom(seed: trainer.seed, purpose: .network, step: state.step)
    try Runtime.seed(random.next())
    do {
      return try state.update(
        noisy, countOfAllProcesses: batches.reduce(0) { $0 + $1.countOfAllProcesses },
        at: TrainedRate.drawn(for: state.model, seed: trainer.seed, step: state.step))
    } catch TrainingError.diverged(let step) {
      throw TrainingError.divergedOn(step: step, pictures: try divergedPictures(of: batches), checkpoint: run.newestCheckpoint)
    }
  }

  /// The pictures of the processes whose loss is not finite, or of all where only the sum is not.
  private func divergedPictures(of batches: [Batch]) throws -> [String] {
    let own = batches.flatMap(\.names)
    guard let group = trainer.group else { return own }
    let isOneAlone = try group.any([!state.isOwnLossFinite])[0]
    let text = isOneAlone && state.isOwnLossFinite ? "" : own.joined(separator: "\n")
    return try group.gathered(text).flatMap { $0.split(separator: "\n").map(String.init) }
  }

  private func validate(_ lossOfBest: inout Double) throws -> ValidationReport {
    let report: ValidationReport
    do {
      try run.inTurn { try $0.validationStarts(run: run) }
      report = try trainer.validate(state)
      try run.inTurn { try $0.validationMeasured(report, run: run) }
    } catch {
      try? run.inTurn { try $0.validationStops(run: run) }
      throw error
    }
    try run.inTurn { try $0.validationStops(run: run) }
    run.metrics.merge(report.metrics) { $1 }
    state.observe(report.metrics)
    let isBest = report.loss < lossOfBest
    if isBest { lossOfBest = report.loss }
    run.metrics["best_val_loss"] = lossOfBest
    observe(.validation(report, best: isBest))
    try run.inTurn { try $0.validationEnded(report, run: run) }
    return report
  }
}
