import Configuration
import Datasets
import Models
import Registry
import Reporting
import SafeFiles
import Torch
import Training

/// The stage `fit`: a new run, or an old one that goes on.
struct FitStage {
  let invocation: StageInvocation
  /// The processes that train together; nil for this one alone.
  var group: TrainingGroup?

  /// Whether this process writes files.
  private var writes: Bool { group?.place.isFirst ?? true }

  /// Trains.
  ///
  /// - Returns: The run's folder; nil when the configuration was only printed, or nothing was written.
  func run() throws -> RunFolder? {
    if let request = invocation.words.resume ?? requeued(), let resumption = try Resumption.find(request, invocation: invocation) {
      return try resume(resumption)
    }
    let weights = try invocation.checkpoint()
    guard let file = try invocation.load(weights: weights) else { return nil }
    let session = try prepare(file)
    let checkpoint = try weights.map { try Checkpoint.read($0.path) }
    if let checkpoint, let path = weights?.path { try noteDifferences(file, checkpoint: checkpoint, path: path) }
    let state = try session.trainingState(session.model())
    if let checkpoint, let path = weights?.path {
      try StateMismatch.naming(path) { try state.restore(checkpoint) }
    } else if let weights = file.experiment.initWeights?.path {
      try InitialWeights(path: weights, parts: file.experiment.initParts, tree: file.tree).load(into: state.model)
    }
    return try train(
      state, file: file, session: session, folder: nil, origin: checkpoint.flatMap { origin in weights.map { ($0.path, origin) } })
  }

  /// A job that Slurm started again goes on where it was.
  private func requeued() -> String? {
    guard let job = SlurmJob(ProcessEnvironment.slurm), job.restartCount > 0 else { return nil }
    Console.note("job \(job.id) was started again, so the newest run of its name goes on, as with --resume auto")
    return "auto"
  }

  private func resume(_ resumption: Resumption) throws -> RunFolder? {
    guard let file = try resumption.load() else { return nil }
    let session = try prepare(file)
    let checkpoint = try Checkpoint.read(resumption.checkpoint)
    let state = try session.trainingState(session.model())
    try StateMismatch.naming(resumption.checkpoint) { try state.restore(checkpoint) }
    return try train(state, file: file, session: session, folder: resumption.folder, origin: (resumption.checkpoint, checkpoint))
  }

  /// Builds what needs no tensor, and looks for the pictures: a missing folder should not be found after hours.
  private func prepare(_ file: ExperimentFile) throws -> Session {
    try JointTraining.check(file, group: group)
    var session = try Session(file.experiment, catalogue: invocation.catalogue)
    session.place = group?.place
    if let weights = file.experiment.initWeights?.path, !PathText.exists(weights) {
      let sentence = "there is no file '\(weights)' (no such file or folder)"
      throw ConfigurationError(mark: file.tree["init_weights"]?.mark ?? .defaults, path: "init_weights", sentence)
    }
    if group?.place.localRank ?? 0 == 0 { try session.data.prepare() }
    try group?.meet()
    for stage in [Stage.train, .validate] {
      for note in try session.data.notes(stage) { Console.note("note: \(note)") }
    }
    let trainer = file.experiment.trainer
    if group?.place.localRank ?? 0 == 0, trainer.memoryLimit != .off || trainer.enableModelSummary {
      session.need = TrainingNeed(session, tree: file.tree)
      if let problem = try session.need?.problem(file, limit: MachineMemory.limit(of: session)) { throw ConfigurationError([problem]) }
    }
    return session
  }

  /// What is asked for counts; where the checkpoint's training had something else, that is said.
  private func noteDifferences(_ file: ExperimentFile, checkpoint: Checkpoint, path: String) throws {
    guard !checkpoint.configuration.isEmpty else { return }
    let base = try ConfigurationFile.parse(checkpoint.configuration, source: path)
    let differences = Difference.between(base, file.tree).filter { !Resumption.isFree($0.path) && $0.path != "name" }
    for difference in differences {
      let values = "\(Difference.text(difference.left)), from here on it is \(Difference.text(difference.right))"
      Console.note("note: \(difference.path): '\(path)' was trained with \(values)")
    }
  }

  private func train(
    _ state: TrainingState, file: ExperimentFile, session: Session, folder old: RunFolder?, origin: (path: String, checkpoint: Checkpoint)?
  ) throws -> RunFolder? {
    let settings = file.experiment.trainer
    let isTrial = settings.fastDevRun.batches != nil
    let root = settings.defaultRootDir.path
    let expected = try shared(old ?? RunFolder.upcoming(root: root, name: file.experiment.name))
    let end = try Trainer(
      settings: settings, data: session.data, folder: expected, seed: session.seed, configuration: "", parts: session.trainerParts,
      group: group
    ).endStep(from: state.step)
    guard state.step < end else {
      Console.note(
        "nothing to do: '\(origin?.path ?? "")' has made \(state.step) steps; raise --trainer.max_steps (or max_epochs) to train on")
      return old
    }
    // Rank 0 makes the folder and tells the others its name.
    let folder = isTrial || !writes ? expected : try old ?? RunFolder.next(root: root, name: file.experiment.name)
    if !isTrial, writes {
      if settings.enableCheckpointing { try Folder.create(folder.checkpoints) }
      try FrozenConfiguration(file, stage: invocation.stage).write(to: folder, step: state.step)
    }
    let agreed = try shared(folder)
    try group?.use(state.device)
    let trainer = Trainer(
      settings: settings, data: session.data, folder: agreed, seed: session.seed, configuration: file.resolved, parts: session.trainerParts,
      group: group)
    try FitProgress(settings: settings, end: end, need: session.need, group: group).run(
      trainer, state: state, continuing: origin?.checkpoint, classPath: file.experiment.model.classPath, folder: agreed)
    return isTrial ? nil : agreed
  }

  /// The folder that rank 0 names.
  private func shared(_ folder: RunFolder) throws -> RunFolder { try group.map { RunFolder(path: try $0.shared(folder.path)) } ?? folder }
}
