import Configuration
import Datasets
import Models
package import Registry
import SafeFiles
import Torch
import Training

/// The parts of an experiment, built from its settings.
package struct Session {
  private(set) var experiment: Experiment
  let plan: ModelPlan
  let data: DataModule
  let loss: RateDistortionLoss
  let trainerParts: TrainerParts
  /// Which of several processes that train together this one is; nil where it is alone.
  var place: ProcessPlace?
  /// What the training takes in memory; nil where it is not known.
  var need: TrainingNeed?
  private let optimizer: any OptimizerSettings
  private let auxiliary: any OptimizerSettings
  private let schedule: any LearningRateSchedule

  /// Builds everything that needs no tensor, so that mistakes show before libtorch is loaded.
  package init(_ experiment: Experiment, catalogue: Catalogue) throws {
    self.experiment = experiment
    plan = try catalogue.build(experiment.model)
    data = try catalogue.build(experiment.data)
    loss = try catalogue.build(plan.loss)
    trainerParts = try TrainerParts(experiment.trainer, catalogue: catalogue)
    optimizer = try catalogue.build(experiment.optimizer, as: (any OptimizerSettings).self)
    auxiliary = try catalogue.build(experiment.auxOptimizer, as: (any OptimizerSettings).self)
    schedule = try catalogue.build(experiment.lrScheduler, as: (any LearningRateSchedule).self)
  }

  /// The same parts with other settings of what they are used for.
  func with(_ experiment: Experiment) -> Session {
    var session = self
    session.experiment = experiment
    return session
  }

  var seed: UInt64 { UInt64(experiment.seedEverything.value) }

  /// Builds the model with its initial weights and sets libtorch up.
  func model() throws -> any CompressionModel {
    if let threads = experiment.trainer.threads ?? place.flatMap({ ProcessorShare.threads(for: $0) }) { try Runtime.setThreads(threads) }
    if experiment.trainer.matmulPrecision != .highest { try Runtime.setMatmulPrecision(experiment.trainer.matmulPrecision.rawValue) }
    if experiment.trainer.deterministic { try Runtime.setDeterministic(true) }
    try Runtime.seed(seed)
    return try plan.build(seed: seed)
  }

  func trainingState(_ model: any CompressionModel) throws -> TrainingState {
    var settings = TrainingState.Settings(main: optimizer, auxiliary: auxiliary)
    settings.schedule = schedule
    settings.device = try experiment.trainer.accelerator.device(localRank: place?.localRank ?? 0)
    (settings.clipping, settings.precision) = (experiment.trainer.clipping, experiment.trainer.precision)
    try freeze(model)
    return try TrainingState(model: model, loss: loss, settings: settings)
  }

  /// Keeps the weights of the parts that `trainer.frozen` names.
  private func freeze(_ model: any CompressionModel) throws {
    let parameters = model.namedParameters()
    for (number, name) in experiment.trainer.frozen.enumerated() {
      let own = parameters.filter { $0.name == name || $0.name.hasPrefix("\(name).") }
      guard !own.isEmpty else {
        let known = Set(parameters.map { String($0.name.prefix { $0 != "." }) }).sorted().joined(separator: ", ")
        throw ConfigurationError(
          mark: .defaults, path: "trainer.frozen[\(number)]",
          "no parameter of the model is called '\(name)' or lies in it; there are \(known)")
      }
      for (_, parameter) in own { try parameter.freeze() }
    }
    guard parameters.contains(where: \.parameter.isTrained) else {
      throw ConfigurationError(mark: .defaults, path: "trainer.frozen", "nothing is left that could be trained")
    }
  }

  /// The run folder that a checkpoint lies in, when it lies in one.
  static func runFolder(of checkpoint: String) -> RunFolder? {
    let parts = checkpoint.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[parts.count - 2] == "checkpoints" else { return nil }
    let folder = RunFolder(path: parts.dropLast(2).joined(separator: "/"))
    return Folder.exists(folder.checkpoints) ? folder : nil
  }
}
