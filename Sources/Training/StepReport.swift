#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What one update measured.
public struct StepReport: Sendable, Equatable {
  /// The number of updates made, this one included.
  public let step: Int
  /// The rate–distortion loss.
  public let loss: Double
  /// The estimated rate with noise, in bits per pixel.
  public let bitsPerPixel: Double
  /// The mean squared error of pictures in 0…1.
  public let meanSquaredError: Double
  /// The loss of the quantiles.
  public let auxiliaryLoss: Double
  /// The learning rate of the network.
  public let learningRate: Double
  /// The total norm of the gradients before clipping; nil without clipping.
  public let gradientNorm: Double?
  /// The mean squared error of thumbnails in 0…1; nil for a model without.
  public var thumbnailError: Double?

  /// The PSNR in dB of the batch's mean squared error, on unrounded samples.
  public var psnr: Double { Decibel.psnr(meanSquaredError: meanSquaredError) }

  /// All numbers under the names of ``MetricName/ofUpdates``.
  public var metrics: [String: Double] {
    var metrics = [
      "loss": loss, "bpp": bitsPerPixel, "psnr": psnr, "mse": meanSquaredError, "aux_loss": auxiliaryLoss, "lr": learningRate,
    ]
    metrics["grad_norm"] = gradientNorm
    metrics["thumbnail_mse"] = thumbnailError
    return metrics
  }
}

/// What a validation measured, as means over its pictures; latents are rounded, rates estimated.
public struct ValidationReport: Sendable, Equatable {
  /// The updates made before.
  public let step: Int
  /// The rate–distortion loss.
  public let loss: Double
  /// The estimated rate in bits per pixel.
  public let bitsPerPixel: Double
  /// The mean over the batches of the PSNR in dB, on unrounded samples.
  public let psnr: Double
  /// The mean squared error of pictures in 0…1.
  public let meanSquaredError: Double
  /// The number of pictures.
  public let pictures: Int

  /// All numbers under the names of ``MetricName/ofValidations``.
  public var metrics: [String: Double] {
    ["val_loss": loss, "val_bpp": bitsPerPixel, "val_psnr": psnr, "val_mse": meanSquaredError]
  }

  /// Creates a report.
  public init(step: Int, loss: Double, bitsPerPixel: Double, psnr: Double, meanSquaredError: Double, pictures: Int) {
    self.step = step
    self.loss = loss
    self.bitsPerPixel = bitsPerPixel
    self.psnr = psnr
    self.meanSquaredError = meanSquaredError
    self.pictures = pictures
  }
}

/// Mean squared errors in decibels.
enum Decibel {
  /// The PSNR in dB of a mean squared error of pictures in 0…1; limited to 200 dB.
  static func psnr(meanSquaredError: Double) -> Double { -10 * log10(max(meanSquaredError, 1e-20)) }
}
