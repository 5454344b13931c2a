import ArgumentParser
import Datasets
import Models
import Registry
import Reporting
import SafeFiles
import Torch
import Training

/// Trains a model.
struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model.",
    discussion: """
      Writes a run folder <default_root_dir>/<name>/version_N with config.yaml (every value that was used), metrics.csv and checkpoints.
      With --ckpt_path last a training goes on where it stopped, in the same folder, and ends with the same weights as one that never stopped.
      Ctrl-C writes a checkpoint before it ends (exit status 130).

        benchpresso fit --config Configs/smoke.yaml --trainer.max_steps 20
      """,
    aliases: ["train"])

  @OptionGroup var options: ExperimentOptions

  func run() throws {
    try Failure.reported {
      let catalogue = try Program.catalogue()
      let file = try options.load(catalogue)
      for note in file.notes { Console.note("note: \(note)") }
      let session = try Session(file.experiment, catalogue: catalogue)
      // Both are needed at the end at the latest; a missing folder should not be found after hours.
      _ = try session.data.files(.train)
      _ = try session.data.files(.validate)
      let checkpointPath = try session.checkpointPath()
      let checkpoint = try checkpointPath.map { try Checkpoint.read($0) }
      let state = try session.trainingState(session.model())
      if let checkpointPath, let checkpoint {
        try StateMismatch.naming(checkpointPath) { try state.restore(checkpoint) }
        if checkpoint.seed != session.seed {
          Console.note(
            "note: '\(checkpointPath)' was trained with another seed_everything; from here on \(file.experiment.seedEverything) is used")
        }
        guard state.step < file.experiment.trainer.maxSteps else {
          Console.note("nothing to do: '\(checkpointPath)' has made \(state.step) steps; raise --trainer.max_steps to train on")
          return
        }
      } else if let weights = file.experiment.initWeights {
        try StateMismatch.naming(weights) { try state.model.load(ModelWeights(path: weights).tensors) }
      }
      let folder = try checkpointPath.flatMap(Session.runFolder(of:)) ?? newFolder(file.experiment)
      try AtomicFile.write(file.resolved, to: folder.configuration)
      try train(state, file: file, session: session, folder: folder)
    }
  }

  private func newFolder(_ experiment: Experiment) throws -> RunFolder {
    try RunFolder.next(root: experiment.trainer.defaultRootDir, name: experiment.name)
  }

  private func train(_ state: TrainingState, file: ExperimentFile, session: Session, folder: RunFolder) throws {
    let settings = file.experiment.trainer
    Console.note(
      "training \(file.experiment.model.classPath) (\(NumberText.grouped(state.model.parameterCount)) parameters) in \(folder.path)")
    if state.step > 0 { Console.note("continuing after step \(state.step)") }
    Interruption.listen()
    let trainer = Trainer(settings: settings, data: session.data, folder: folder, seed: session.seed, configuration: file.resolved)
    let outcome = try trainer.fit(
      state, shouldStop: { Interruption.signal != nil }, observe: { event in report(event, settings: settings) })
    Console.endProgress()
    if outcome == .interrupted, let signal = Interruption.signal {
      Console.note(
        "stopped after step \(state.step); continue with: benchpresso fit --config \(folder.configuration) --ckpt_path \(folder.last)")
      throw ExitCode(128 + signal)
    }
    Console.note("done: \(folder.last)")
  }

  private func report(_ event: Trainer.Event, settings: TrainerSettings) {
    switch event {
    case .step(let step, let imagesPerSecond, let secondsLeft):
      let line = RunProgress(
        step: step.step, total: settings.maxSteps, loss: step.loss, bpp: step.bitsPerPixel, psnr: step.psnr,
        imagesPerSecond: imagesPerSecond,
        secondsLeft: secondsLeft
      ).line
      if settings.enableProgressBar { Console.progress(line) }
      if !Console.isTerminal && step.step % (settings.logEveryNSteps * 20) == 0 { Console.note(line) }
    case .validation(let validation, let best):
      Console.note(
        "step \(validation.step): validation loss \(NumberText.fixed(validation.loss, decimals: 4)), "
          + "\(NumberText.fixed(validation.bitsPerPixel, decimals: 4)) bpp, \(NumberText.fixed(validation.psnr, decimals: 2)) dB\(best ? " (best)" : "")"
      )
    case .checkpoint: break
    }
  }
}
