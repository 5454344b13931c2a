/// The measure of distortion in a rate–distortion loss.
public enum DistortionMeasure: String, Codable, CaseIterable, Sendable {
  /// The mean squared error.
  case mse
  /// 1 − MS-SSIM.
  case msSSIM = "ms_ssim"
}
