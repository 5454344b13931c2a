extension ImageResult {
  /// Returns a quality measure by its name in the file: `psnr`, `ms_ssim`, `ms_ssim_db` or one of ``metrics``; nil where there is no value.
  public func metric(_ name: String) -> Double? {
    switch name {
    case CodingKeys.psnr.rawValue: psnr
    case CodingKeys.msSSIM.rawValue: msSSIM
    case CodingKeys.msSSIMDecibels.rawValue: msSSIMDecibels
    default: metrics?[name] ?? nil
    }
  }
}

extension RatePoint {
  /// Returns the mean of a quality measure by its name in the file: `psnr`, `ms_ssim`, `ms_ssim_db` (decibels of the mean),
  /// `ms_ssim_db_mean` or one of ``metrics``; nil where there is no value.
  public func metric(_ name: String) -> Double? {
    switch name {
    case CodingKeys.psnr.rawValue: psnr
    case CodingKeys.msSSIM.rawValue: msSSIM
    case CodingKeys.msSSIMDecibels.rawValue: msSSIMDecibels
    case CodingKeys.msSSIMDecibelsMean.rawValue: msSSIMDecibelsMean
    default: metrics?[name] ?? nil
    }
  }
}
