public import Models
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The parts of a rate–distortion loss, each with the shape `[]`.
public struct LossTerms {
  /// What training minimises: λ·255²·MSE + R.
  public let loss: Tensor
  /// The mean squared error of the reconstruction against pictures in 0…1.
  public let meanSquaredError: Tensor
  /// The estimated rate R in bits per pixel of the picture.
  public let bitsPerPixel: Tensor
}

/// The rate–distortion loss λ·255²·MSE + R with R in bits per pixel, as CompressAI and the thesis have it.
///
/// R = Σ −log₂(likelihood) / (N·H·W) over all latents (Ballé et al. 2018).
public struct RateDistortionLoss: Sendable, Equatable {
  /// λ, the weight of the distortion; positive.
  public let lambda: Double

  /// Creates a loss.
  public init(lambda: Double) { self.lambda = lambda }

  /// Returns the loss of `output` for the pictures `[N, 3, H, W]` that it stands for.
  public func callAsFunction(_ output: ForwardOutput, pictures: Tensor) throws -> LossTerms {
    let shape = pictures.shape
    let pixels = Double(shape[0] * shape[2] * shape[3])
    guard let first = output.likelihoods.first else {
      throw TorchError.failed(operation: "rate–distortion loss", message: "the model gave no likelihoods")
    }
    var rate = try first.tensor.logarithm().sum() / (-log(2) * pixels)
    for other in output.likelihoods.dropFirst() { rate = try rate + other.tensor.logarithm().sum() / (-log(2) * pixels) }
    let error = try (output.reconstruction - pictures).squared().mean()
    return LossTerms(loss: try error * (lambda * 255 * 255) + rate, meanSquaredError: error, bitsPerPixel: rate)
  }
}
