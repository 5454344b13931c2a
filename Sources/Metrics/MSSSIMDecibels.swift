public import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// MS-SSIM in decibels, −10·log10(1 − MS-SSIM); infinite for an MS-SSIM of 1.
///
/// See ``MSSSIM``.
public struct MSSSIMDecibels: ImageMetric {
  /// Creates the measure.
  public init() {}

  /// `ms_ssim_db`.
  public var key: String { "ms_ssim_db" }
  /// The sizes for which it is defined.
  public var requirement: String { MSSSIM().requirement }
  /// The name.
  public var name: String { "MS-SSIM (RGB), dB" }

  /// Returns the decibels; nil when a side has 160 pixels or fewer.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    guard let value = try MSSSIM().value(of: reconstruction, original: original) else { return nil }
    return value < 1 ? -10 * log10(1 - value) : .infinity
  }
}
