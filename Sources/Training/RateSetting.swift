import Datasets
import Models
import Torch

/// A model at one of its rates with the loss for it; a model of one rate as it is, with the loss that the configuration names.
struct RateSetting {
  let model: any CompressionModel
  let loss: RateDistortionLoss

  /// Takes a rate.
  ///
  /// - Parameter point: the rate; nil for the highest.
  init(model: any CompressionModel, loss: RateDistortionLoss, point: RatePosition?) throws {
    guard let variable = model as? any VariableRateModel else {
      (self.model, self.loss) = (model, loss)
      return
    }
    let point = point ?? variable.rateAxis.last
    self.model = try variable.bound(to: point)
    self.loss = RateDistortionLoss(lambda: try variable.rateAxis.lambda(at: point), measure: loss.measure)
  }

  /// All rates that a model was trained for.
  static func all(model: any CompressionModel, loss: RateDistortionLoss) throws -> [RateSetting] {
    let points = (model as? any VariableRateModel)?.rateAxis.points.map { $0 as RatePosition? } ?? [nil]
    return try points.map { try RateSetting(model: model, loss: loss, point: $0) }
  }

  /// The rate that a step of a training is for, which follows from seed and step alone; nil for a model of one rate.
  static func drawn(for model: any CompressionModel, seed: UInt64, step: Int) -> RatePosition? {
    guard let points = (model as? any VariableRateModel)?.rateAxis.points else { return nil }
    var random = DeterministicRandom(seed: seed, purpose: .rate, step: step)
    return points[random.integer(below: points.count)]
  }
}

extension LossTerms {
  /// The means of the parts of several losses of one batch.
  init(meanOf terms: [LossTerms]) throws {
    func mean(_ part: (LossTerms) -> Tensor) throws -> Tensor { try Tensor.stacked(terms.map(part)).mean() }
    guard terms.count > 1 else {
      self = terms[0]
      return
    }
    let similarities = terms.compactMap(\.msSSIM)
    self.init(
      loss: try mean(\.loss), meanSquaredError: try mean(\.meanSquaredError),
      msSSIM: similarities.isEmpty ? nil : try Tensor.stacked(similarities).mean(), bitsPerPixel: try mean(\.bitsPerPixel))
  }
}
