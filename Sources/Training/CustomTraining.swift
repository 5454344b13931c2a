public import LatentModels
public import Models
public import Torch

/// A model that brings parts of its training: steps of its own, a loss that differs between training and evaluation, optimisers, callbacks.
///
/// Every requirement has a default, which is what other models get; `test` measures what ``CompressionModel/compress(_:)`` and
/// ``CompressionModel/decompress(_:)`` do, so these are a model's own test step.
public protocol CustomTraining: CompressionModel {
  /// Returns the loss of a training batch.
  ///
  /// - Parameters:
  ///   - pictures: `[N, 3, H, W]` in 0…1.
  ///   - noise: the noise that stands for quantisation.
  ///   - loss: the loss that the configuration names.
  func trainingTerms(_ pictures: Tensor, noise: any NoiseSource, loss: RateDistortionLoss) throws -> LossTerms

  /// Returns the loss of a validation batch `[N, 3, H, W]` in 0…1; gradients are not recorded.
  func evaluationTerms(_ pictures: Tensor, loss: RateDistortionLoss) throws -> LossTerms

  /// The optimiser of ``CompressionModel/mainParameters``; nil for that of the configuration.
  var mainOptimizer: (any OptimizerSettings)? { get }

  /// The optimiser of ``CompressionModel/auxiliaryParameters``; nil for that of the configuration.
  var auxiliaryOptimizer: (any OptimizerSettings)? { get }

  /// Callbacks beside those of the configuration.
  var callbacks: [any TrainingCallback] { get }
}

extension CustomTraining {
  /// The configured loss of the forward pass with noise.
  public func trainingTerms(_ pictures: Tensor, noise: any NoiseSource, loss: RateDistortionLoss) throws -> LossTerms {
    try loss(forward(pictures, noise: noise), pictures: pictures)
  }

  /// The configured loss of the forward pass with rounded latents.
  public func evaluationTerms(_ pictures: Tensor, loss: RateDistortionLoss) throws -> LossTerms {
    try loss(forward(pictures, noise: nil), pictures: pictures)
  }

  /// None of its own.
  public var mainOptimizer: (any OptimizerSettings)? { nil }
  /// None of its own.
  public var auxiliaryOptimizer: (any OptimizerSettings)? { nil }
  /// None of its own.
  public var callbacks: [any TrainingCallback] { [] }
}
