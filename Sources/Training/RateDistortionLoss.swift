public import Models
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The parts of a rate–distortion loss, each with the shape `[]`.
public struct LossTerms {
  /// λ·D + R, which training minimises.
  public let loss: Tensor
  /// The mean squared error of the reconstruction against pictures in 0…1.
  public let meanSquaredError: Tensor
  /// The MS-SSIM of the reconstruction; nil where the loss does not need it.
  public let msSSIM: Tensor?
  /// The estimated rate R in bits per pixel of the picture.
  public let bitsPerPixel: Tensor
  /// The mean squared error of thumbnails against the pictures, averaged to their size; nil for a model without.
  public let thumbnailError: Tensor?

  /// Creates the parts of a loss.
  public init(loss: Tensor, meanSquaredError: Tensor, msSSIM: Tensor? = nil, bitsPerPixel: Tensor, thumbnailError: Tensor? = nil) {
    self.loss = loss
    self.meanSquaredError = meanSquaredError
    self.msSSIM = msSSIM
    self.bitsPerPixel = bitsPerPixel
    self.thumbnailError = thumbnailError
  }
}

extension LossTerms {
  /// The loss, and beside it the error of the thumbnails, whose gradients reach their own network alone.
  var minimized: Tensor {
    get throws { try thumbnailError.map { try loss + $0 * (255 * 255 / 100) } ?? loss }
  }
}

/// The rate–distortion loss λ·D + R with R in bits per pixel, as CompressAI and the thesis have it; D is 255²·MSE or 1 − MS-SSIM.
///
/// R = Σ −log₂(likelihood) / (N·H·W) over all latents (Ballé et al. 2018). For MS-SSIM see ``MultiscaleSimilarity``.
public struct RateDistortionLoss: Sendable, Equatable {
  /// λ, the weight of the distortion; positive.
  public let lambda: Double
  /// D.
  public let measure: DistortionMeasure

  /// Creates a loss.
  public init(lambda: Double, measure: DistortionMeasure = .mse) {
    self.lambda = lambda
    self.measure = measure
  }

  /// Returns the loss of `output` for the pictures `[N, 3, H, W]` that it stands for.
  ///
  /// - Parameter lambdas: λ of each place, `[1, 1, H, W]`, which weights the squared errors; nil for λ everywhere. MS-SSIM takes λ alone.
  /// - Throws: ``TrainingError/tooSmallForMSSSIM(height:width:)`` when that is the measure and a side has 160 pixels or fewer.
  public func callAsFunction(_ output: ForwardOutput, pictures: Tensor, lambdas: Tensor? = nil) throws -> LossTerms {
    let shape = pictures.shape
    let pixels = Double(shape[0] * shape[2] * shape[3])
    guard let first = output.likelihoods.first else {
      throw TorchError.failed(operation: "rate–distortion loss", message: "the model gave no likelihoods")
    }
    var rate = try first.tensor.logarithm().sum() / (-log(2) * pixels)
    for other in output.likelihoods.dropFirst() { rate = try rate + other.tensor.logarithm().sum() / (-log(2) * pixels) }
    let errors = try (output.reconstruction - pictures).squared()
    let error = try errors.mean()
    let thumbnailError = try output.thumbnails.map { try Self.error(of: $0, pictures: pictures) }
    switch measure {
    case .mse:
      let distortion = try lambdas.map { try (errors * $0).mean() * (255 * 255) } ?? error * (lambda * 255 * 255)
      return LossTerms(loss: try distortion + rate, meanSquaredError: error, bitsPerPixel: rate, thumbnailError: thumbnailError)
    case .msSSIM:
      let similarity = try MultiscaleSimilarity.mean(output.reconstruction, pictures)
      let distortion = try (-similarity + 1) * lambda
      return LossTerms(
        loss: try distortion + rate, meanSquaredError: try error.detached(), msSSIM: similarity, bitsPerPixel: rate,
        thumbnailError: thumbnailError)
    }
  }

  /// The mean squared error of thumbnails against means over squares of the pictures.
  private static func error(of thumbnails: Tensor, pictures: Tensor) throws -> Tensor {
    let side = pictures.shape[2] / thumbnails.shape[2]
    return try (thumbnails - (side > 1 ? pictures.averagePooled(side: side) : pictures)).squared().mean()
  }
}
