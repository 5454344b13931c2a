public import Datasets
public import LatentModels
public import Models
public import Torch
import Weights

/// A model in training: its weights, both optimisers, the schedule and the number of updates made.
public final class TrainingState {
  /// A batch of an update: pictures `[N, 3, H, W]` in 0…1 with the noise that stands for quantisation.
  public typealias NoisyBatch = (pictures: Tensor, noise: any NoiseSource)

  /// How a state is made.
  public struct Settings: Sendable {
    /// The optimiser of the network.
    public var main: any OptimizerSettings
    /// The optimiser of the quantiles, which has neither schedule nor limit of gradients.
    public var auxiliary: any OptimizerSettings
    /// How the learning rate of the network changes.
    public var schedule: any LearningRateSchedule = ConstantSchedule()
    /// The limit of the gradients of the network; nil for none.
    public var clipping: GradientClipping?
    /// The precision of convolutions.
    public var precision = Precision.full
    /// What computes; the model is moved there.
    public var device = Device.cpu

    /// Creates settings.
    public init(main: any OptimizerSettings = Adam.Settings(), auxiliary: any OptimizerSettings = Adam.Settings(lr: 1e-3)) {
      self.main = main
      self.auxiliary = auxiliary
    }
  }

  /// The model.
  public let model: any CompressionModel
  /// The number of updates of the main optimiser so far.
  public private(set) var step = 0
  /// Whether the loss of the newest update was finite for the pictures of this process.
  private(set) var isOwnLossFinite = true

  private let loss: RateDistortionLoss
  private let main: any Optimizer
  private let auxiliary: any Optimizer
  private let schedule: any RunningSchedule
  private let clipping: GradientClipping?
  /// What is limited together: the parameters of the network of thumbnails, and all others.
  private let limited: (thumbnails: OptimizedParameters, rest: OptimizedParameters)
  private let precision: Precision
  private var group: TrainingGroup?
  private var buckets: GradientBuckets?
  /// What computes.
  public let device: Device

  /// Creates the state at step 0.
  ///
  /// A model with ``CustomTraining`` brings its own optimisers where it has some.
  ///
  /// - Throws: ``TrainingError/groups(parameters:)`` when a parameter belongs to both optimisers or to none.
  public init(model: any CompressionModel, loss: RateDistortionLoss, settings: Settings = Settings()) throws {
    let own = model as? any CustomTraining
    if settings.device != .cpu { try model.move(to: settings.device) }
    try Self.checkGroups(of: model)
    self.model = model
    self.loss = loss
    main = try (own?.mainOptimizer ?? settings.main).optimizer(of: model.mainParameters)
    let (thumbnails, rest) = main.parameters.divided { $0.hasPrefix(ThumbnailName.prefix) }
    limited = (thumbnails, rest)
    auxiliary = try (own?.auxiliaryOptimizer ?? settings.auxiliary).optimizer(of: model.auxiliaryParameters)
    schedule = settings.schedule.start()
    clipping = settings.clipping
    precision = settings.precision
    device = settings.device
  }

  /// Trains together with other processes, all of which begin with the parameters and buffers of rank 0.
  func join(_ group: TrainingGroup) throws {
    let parameters = model.namedParameters().map(\.parameter)
    try group.share(parameters.map(\.tensor) + model.namedBuffers().map(\.buffer.tensor), device: device)
    buckets = try GradientBuckets(parameters.filter(\.isTrained).map(\.tensor), group: group)
    self.group = group
  }

  /// Returns 8-bit samples as pictures `[N, 3, H, W]` in 0…1 on the device that computes.
  public func pictures(_ batch: Batch) throws -> Tensor {
    let pictures = try Tensor.pictures(
      interleaved: batch.pixels, count: batch.count, height: batch.height, width: batch.width, format: .channelsLast)
    return device == .cpu ? pictures : try pictures.to(device)
  }

  /// The learning rate of the next update.
  public var learningRate: Double { schedule.rate(step: step, base: main.baseRate) }

  /// The learning rate of the quantiles.
  public var auxiliaryLearningRate: Double { auxiliary.baseRate }

  /// One update of the network and one of the quantiles, in the order of CompressAI's training.
  ///
  /// - Parameters:
  ///   - pictures: `[N, 3, H, W]` in 0…1.
  ///   - noise: the noise that stands for quantisation.
  /// - Throws: as ``update(_:)``.
  public func update(_ pictures: Tensor, noise: any NoiseSource) throws -> StepReport { try update([(pictures, noise)]) }

  /// One update of the network from the gradients of several batches, each weighted by its share of the pictures, and one of the quantiles.
  ///
  /// - Parameters:
  ///   - countOfAllProcesses: The pictures that all processes together have in this update; nil for those of `batches`.
  ///   - trainedRate: The rate that a model of several is trained for, with its λ; nil for its highest.
  /// - Throws: ``TrainingError/diverged(step:)`` when the loss, or the norm of the gradients where they are limited, is not finite, and
  ///   ``TrainingError/sides(height:width:multiple:)``; the weights are then those before the update.
  public func update(_ batches: [NoisyBatch], countOfAllProcesses: Int? = nil, at trainedRate: TrainedRate? = nil) throws -> StepReport {
    for batch in batches { try checkSides(of: batch.pictures) }
    try model.setStep(step)
    try main.zeroGradients()
    try auxiliary.zeroGradients()
    let count = countOfAllProcesses ?? batches.reduce(0) { $0 + $1.pictures.shape[0] }
    var (total, rate, error) = (0.0, 0.0, 0.0)
    var thumbnailError: Double?
    for (number, batch) in batches.enumerated() {
      let share = Double(batch.pictures.shape[0]) / Double(max(count, 1))
      let terms = try model.inTraining { try trainingTerms(batch, at: trainedRate) }
      let loss = try terms.loss.item()
      // Of several processes all learn of it below.
      guard loss.isFinite || group != nil else { throw TrainingError.diverged(step: step) }
      if number == batches.count - 1 { buckets?.listen() }
      let minimized = try terms.minimized
      try (share == 1 ? minimized : minimized * share).backward()
      total += loss * share
      rate += try terms.bitsPerPixel.item() * share
      error += try terms.meanSquaredError.item() * share
      if let own = try terms.thumbnailError?.item() { thumbnailError = (thumbnailError ?? 0) + own * share }
    }
    isOwnLossFinite = total.isFinite
    if let group {
      try buckets?.finish()
      let sums = try group.sum([total, rate, error])
      (total, rate, error) = (sums[0], sums[1], sums[2])
      guard total.isFinite else { throw TrainingError.diverged(step: step) }
    }
    let norm = try limitGradients()
    if let norm, !norm.isFinite { throw TrainingError.diverged(step: step) }
    let learningRate = learningRate
    try main.update(rate: learningRate)
    let auxiliaryLoss = try model.auxiliaryLoss()
    // A model whose prior has no quantiles has nothing to train by it.
    if auxiliaryLoss.requiresGradient { try auxiliaryLoss.backward() }
    try auxiliary.update(rate: auxiliary.baseRate)
    let ownCount = batches.reduce(0) { $0 + $1.pictures.shape[0] }
    try group?.average(model.namedBuffers().map(\.buffer).filter(\.isAveraged), weight: Double(ownCount))
    step += 1
    return StepReport(
      step: step, loss: total, bitsPerPixel: rate, meanSquaredError: error, auxiliaryLoss: try auxiliaryLoss.item(),
      learningRate: learningRate, gradientNorm: norm, thumbnailError: thumbnailError)
  }

  /// Limits the gradients, those of the network of thumbnails apart, so that the rest learns the same with and without it.
  ///
  /// - Returns: The norm of the rest.
  private func limitGradients() throws -> Double? {
    guard let clipping else { return nil }
    if !limited.thumbnails.names.isEmpty { try clipping.apply(to: limited.thumbnails) }
    return try clipping.apply(to: limited.rest)
  }

  private func trainingTerms(_ batch: NoisyBatch, at rate: TrainedRate?) throws -> LossTerms {
    if let own = model as? any CustomTraining {
      return try own.trainingTerms(batch.pictures, noise: batch.noise, loss: loss)
    }
    let setting = try RateSetting(model: model, loss: loss, rate: rate, pictures: batch.pictures)
    return try setting.terms(batch.pictures) { try forward($0, batch.pictures, noise: batch.noise) }
  }

  private func forward(_ model: any CompressionModel, _ pictures: Tensor, noise: (any NoiseSource)?) throws -> ForwardOutput {
    guard precision == .mixed else { return try model.forward(pictures, noise: noise) }
    let output = try withMixedPrecision(on: pictures.device) { try model.forward(pictures, noise: noise) }
    return ForwardOutput(
      reconstruction: try output.reconstruction.inFullPrecision(), likelihoods: output.likelihoods,
      thumbnails: try output.thumbnails?.inFullPrecision())
  }

  /// The loss of a batch with rounded latents, without changing anything; of a model of several rates the mean over all of them, each with its λ.
  public func evaluate(_ pictures: Tensor) throws -> LossTerms {
    try checkSides(of: pictures)
    return try withoutGradients {
      if let own = model as? any CustomTraining { return try own.evaluationTerms(pictures, loss: loss) }
      return try LossTerms(
        meanOf: RateSetting.all(model: model, loss: loss, pictures: pictures).map { setting in
          try setting.terms(pictures) { try forward($0, pictures, noise: nil) }
        })
    }
  }

  /// The reconstruction `[N, 3, H, W]` of pictures with rounded latents, not clamped; of a model of several rates that of the highest.
  public func reconstruct(_ pictures: Tensor) throws -> Tensor {
    try checkSides(of: pictures)
    return try withoutGradients { try forward(model, pictures, noise: nil).reconstruction.inFullPrecision() }
  }

  /// Tells the schedule what a validation measured.
  func observe(_ metrics: [String: Double]) { schedule.observe(metrics, base: main.baseRate) }

  /// Pictures are not padded: the padding would count as a part of them.
  private func checkSides(of pictures: Tensor) throws {
    let (height, width, multiple) = (pictures.shape[2], pictures.shape[3], model.sideMultiple)
    guard height.isMultiple(of: multiple), width.isMultiple(of: multiple) else {
      throw TrainingError.sides(height: height, width: width, multiple: multiple)
    }
  }

  private static func checkGroups(of model: any CompressionModel) throws {
    let (main, auxiliary) = (Set(model.mainParameters.map(\.name)), Set(model.auxiliaryParameters.map(\.name)))
    let all = Set(model.namedParameters().filter { $0.parameter.isTrained }.map(\.name))
    let wrong = all.subtracting(main.union(auxiliary)).union(main.intersection(auxiliary))
    guard wrong.isEmpty else { throw TrainingError.groups(parameters: wrong.sorted()) }
  }

  /// Everything that a continued training needs of model, optimisers and schedule, as a checkpoint.
  public func checkpoint(seed: UInt64, configuration: String, metrics: [String: Double] = [:]) throws -> Checkpoint {
    let optimizers = try main.storedState(prefix: "main.") + auxiliary.storedState(prefix: "aux.")
    var checkpoint = Checkpoint(
      step: step, seed: seed, configuration: configuration, metrics: metrics, model: try model.storedState(),
      optimizers: StoredTensors(optimizers))
    if !schedule.state.isEmpty { checkpoint.states[Self.scheduleOwner] = CallbackState(texts: schedule.state) }
    return checkpoint
  }

  private static let scheduleOwner = "lr_scheduler"

  /// Continues from a checkpoint.
  public func restore(_ checkpoint: Checkpoint) throws {
    try model.load(checkpoint.model)
    try main.load(checkpoint.optimizers, prefix: "main.")
    try auxiliary.load(checkpoint.optimizers, prefix: "aux.")
    if let state = checkpoint.states[Self.scheduleOwner] { schedule.restore(state.texts) }
    step = checkpoint.step
  }
}
