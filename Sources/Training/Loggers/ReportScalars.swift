extension StepReport {
  /// The numbers of an update under the names that all logs give them, with the pace of the training and the memory in use, in MiB.
  public func scalars(pace: StepPace, residentBytes: Int?) -> [LoggedScalar] {
    [
      LoggedScalar("train/loss", loss), LoggedScalar("train/bpp", bitsPerPixel), LoggedScalar("train/psnr", psnr),
      LoggedScalar("train/mse", meanSquaredError), LoggedScalar("train/aux_loss", auxiliaryLoss), LoggedScalar("train/lr", learningRate),
    ] + (gradientNorm.map { [LoggedScalar("train/grad_norm", $0)] } ?? [])
      + (thumbnailError.map { [LoggedScalar("train/thumbnail_mse", $0)] } ?? [])
      + [LoggedScalar("train/images_per_second", pace.imagesPerSecond), LoggedScalar("train/data_wait_share", pace.waitingShare)]
      + (residentBytes.map { [LoggedScalar("train/memory_mib", Double($0) / 1_048_576)] } ?? [])
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
