public import LatentModels
public import Models
public import Torch
import Weights

/// A model in training: its weights, both optimisers and the number of updates made.
public final class TrainingState {
  /// The model.
  public let model: any CompressionModel
  /// The number of updates of the main optimiser so far.
  public private(set) var step = 0

  private let loss: RateDistortionLoss
  private let main: Adam
  private let auxiliary: Adam
  private let schedule: any LearningRateSchedule
  private let gradientClip: Double?

  /// Creates the state at step 0.
  ///
  /// - Parameters:
  ///   - main: the settings of the optimiser of the network.
  ///   - auxiliary: those of the optimiser of the quantiles.
  ///   - gradientClip: the largest total norm of the main gradients; nil for no limit.
  public init(
    model: any CompressionModel, loss: RateDistortionLoss, main: Adam.Settings, auxiliary: Adam.Settings,
    schedule: any LearningRateSchedule = ConstantSchedule(), gradientClip: Double?
  ) throws {
    self.model = model
    self.loss = loss
    self.main = try Adam(model.mainParameters, settings: main)
    self.auxiliary = try Adam(model.auxiliaryParameters, settings: auxiliary)
    self.schedule = schedule
    self.gradientClip = gradientClip
  }

  /// The learning rate of the next update.
  public var learningRate: Double { main.baseRate * schedule.factor(step: step) }

  /// One update of the network and one of the quantiles, in the order of CompressAI's training.
  ///
  /// - Parameters:
  ///   - pictures: `[N, 3, H, W]` in 0…1.
  ///   - noise: the noise that stands for quantisation.
  /// - Throws: ``TrainingError/diverged(step:)`` when the loss, or with clipping the norm of the gradients, is not finite, and
  ///   ``TrainingError/sides(height:width:multiple:)``; the weights are then those before the update.
  public func update(_ pictures: Tensor, noise: any NoiseSource) throws -> StepReport {
    try checkSides(of: pictures)
    try main.zeroGradients()
    try auxiliary.zeroGradients()
    let terms = try loss(try model.inTraining { try model.forward(pictures, noise: noise) }, pictures: pictures)
    let total = try terms.loss.item()
    guard total.isFinite else { throw TrainingError.diverged(step: step) }
    try terms.loss.backward()
    let norm = try gradientClip.map { try main.clipGradients(to: $0) }
    if let norm, !norm.isFinite { throw TrainingError.diverged(step: step) }
    let rate = learningRate
    try main.update(rate: rate)
    let auxiliaryLoss = try model.auxiliaryLoss()
    try auxiliaryLoss.backward()
    try auxiliary.update(rate: auxiliary.baseRate)
    step += 1
    return StepReport(
      step: step, loss: total, bitsPerPixel: try terms.bitsPerPixel.item(), meanSquaredError: try terms.meanSquaredError.item(),
      auxiliaryLoss: try auxiliaryLoss.item(), learningRate: rate, gradientNorm: norm)
  }

  /// The loss of a batch with rounded latents, without changing anything.
  public func evaluate(_ pictures: Tensor) throws -> LossTerms {
    try checkSides(of: pictures)
    return try withoutGradients { try loss(model.forward(pictures, noise: nil), pictures: pictures) }
  }

  /// Pictures are not padded: the padding would count as a part of them.
  private func checkSides(of pictures: Tensor) throws {
    let (height, width, multiple) = (pictures.shape[2], pictures.shape[3], model.sideMultiple)
    guard height.isMultiple(of: multiple), width.isMultiple(of: multiple) else {
      throw TrainingError.sides(height: height, width: width, multiple: multiple)
    }
  }

  /// Everything that a continued training needs, as a checkpoint.
  public func checkpoint(seed: UInt64, configuration: String, metrics: [String: Double] = [:]) throws -> Checkpoint {
    let optimizers = try main.storedState(prefix: "main.") + auxiliary.storedState(prefix: "aux.")
    return Checkpoint(
      step: step, seed: seed, configuration: configuration, metrics: metrics, model: try model.storedState(),
      optimizers: StoredTensors(optimizers))
  }

  /// Continues from a checkpoint.
  public func restore(_ checkpoint: Checkpoint) throws {
    try model.load(checkpoint.model)
    try main.load(checkpoint.optimizers, prefix: "main.")
    try auxiliary.load(checkpoint.optimizers, prefix: "aux.")
    step = checkpoint.step
  }
}
