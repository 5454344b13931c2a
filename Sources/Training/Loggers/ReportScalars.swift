extension StepReport {
  /// The numbers of an update under the names that all logs give them; the pace is that of the training, in pictures a second.
  public func scalars(imagesPerSecond: Double) -> [LoggedScalar] {
    [
      LoggedScalar("train/loss", loss), LoggedScalar("train/bpp", bitsPerPixel), LoggedScalar("train/psnr", psnr),
      LoggedScalar("train/mse", meanSquaredError), LoggedScalar("train/aux_loss", auxiliaryLoss), LoggedScalar("train/lr", learningRate),
    ] + (gradientNorm.map { [LoggedScalar("train/grad_norm", $0)] } ?? [])
      + [LoggedScalar("train/images_per_second", imagesPerSecond)]
  }
}

extension ValidationReport {
  /// The numbers of a validation under the names that all logs give them.
  public var scalars: [LoggedScalar] {
    [
      LoggedScalar("val/loss", loss), LoggedScalar("val/bpp", bitsPerPixel), LoggedScalar("val/psnr", psnr),
      LoggedScalar("val/mse", meanSquaredError),
    ]
  }
}
