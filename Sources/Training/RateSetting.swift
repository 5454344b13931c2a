import Models
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A model at one of its rates with the loss for it; a model of one rate as it is, with the loss that the configuration names.
struct RateSetting {
  let model: any CompressionModel
  let loss: RateDistortionLoss
  /// λ of each place of the pictures, `[1, 1, H, W]`; nil for that of the loss everywhere.
  private(set) var lambdas: Tensor?

  /// Takes a rate.
  ///
  /// - Parameters:
  ///   - rate: the rate; nil for the highest.
  ///   - pictures: what a map lies beside.
  init(model: any CompressionModel, loss: RateDistortionLoss, rate: TrainedRate?, pictures: Tensor) throws {
    guard let variable = model as? any VariableRateModel else {
      (self.model, self.loss) = (model, loss)
      return
    }
    let axis = variable.rateAxis
    let position = rate?.position ?? axis.last
    self.loss = RateDistortionLoss(lambda: try axis.lambda(at: position), measure: loss.measure)
    guard let slope = rate?.slope, let mapped = variable as? any QualityMapModel else {
      self.model = try variable.bound(to: position)
      return
    }
    let map = try slope.map(height: pictures.shape[2], width: pictures.shape[3]).to(pictures.device)
    self.model = try mapped.bound(toMap: map)
    // Such an axis is a geometric series.
    lambdas = try (map * log(axis.lambdas[axis.lambdas.count - 1] / axis.lambdas[0])).exponential() * axis.lambdas[0]
  }

  /// All rates that a model was trained for.
  static func all(model: any CompressionModel, loss: RateDistortionLoss, pictures: Tensor) throws -> [RateSetting] {
    let rates = (model as? any VariableRateModel)?.rateAxis.points.map { TrainedRate($0) as TrainedRate? } ?? [nil]
    return try rates.map { try RateSetting(model: model, loss: loss, rate: $0, pictures: pictures) }
  }

  /// Returns the loss of what `forward` gives for the model.
  func terms(_ pictures: Tensor, _ forward: (any CompressionModel) throws -> ForwardOutput) throws -> LossTerms {
    try loss(forward(model), pictures: pictures, lambdas: lambdas)
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
    let (similarities, thumbnails) = (terms.compactMap(\.msSSIM), terms.compactMap(\.thumbnailError))
    self.init(
      loss: try mean(\.loss), meanSquaredError: try mean(\.meanSquaredError),
      msSSIM: similarities.isEmpty ? nil : try Tensor.stacked(similarities).mean(), bitsPerPixel: try mean(\.bitsPerPixel),
      thumbnailError: thumbnails.isEmpty ? nil : try Tensor.stacked(thumbnails).mean())
  }
}
