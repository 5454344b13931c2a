public import Images

/// The mean squared error of 8-bit RGB pictures, 0 to 65025, over all samples of the three colours; lower is better.
public struct MSE: ImageMetric {
  /// Creates the measure.
  public init() {}

  /// `mse`.
  public var key: String { "mse" }
  /// Lower is better.
  public var higherIsBetter: Bool { false }
  /// The name.
  public var name: String { "MSE (RGB)" }

  /// Returns the mean squared error; never nil.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    try MetricError.check(reconstruction, original)
    return Double(PSNR.squaredError(reconstruction.pixels, original.pixels)) / Double(original.pixels.count)
  }
}
