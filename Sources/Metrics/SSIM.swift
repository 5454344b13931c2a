public import Images

/// The structural similarity of 8-bit RGB pictures, at most 1, as the program pytorch_msssim 1.0.0 defines it.
///
/// Means μ, variances σ² and covariances are taken in a Gaussian window of 11×11 samples with σ = 1.5 at every place where it fits:
///
///     contrast = (2·σxy + C2) / (σx² + σy² + C2)
///     SSIM     = (2·μx·μy + C1) / (μx² + μy² + C1) · contrast        C1 = (0.01·255)², C2 = (0.03·255)²
///
/// The result is the mean over all places, then over the colours. Wang, Bovik, Sheikh, Simoncelli: "Image quality assessment: from error
/// visibility to structural similarity", IEEE Transactions on Image Processing 13 (4), 2004, eq. 13.
public struct SSIM: ImageMetric {
  /// Creates the measure.
  public init() {}

  /// `ssim`.
  public var key: String { "ssim" }

  /// The sizes for which it is defined.
  public var requirement: String { "both sides of at least 11 pixels" }

  /// The name.
  public var name: String { "SSIM (RGB)" }

  /// Returns the SSIM; nil when a side is shorter than the window of 11 pixels.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    try MetricError.check(reconstruction, original)
    guard min(original.width, original.height) >= GaussianWindow.length else { return nil }
    return (0..<3).map { StructuralSimilarity(Plane(reconstruction, channel: $0), Plane(original, channel: $0)).mean }.reduce(0, +) / 3
  }
}
