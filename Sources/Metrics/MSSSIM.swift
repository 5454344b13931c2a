import Dispatch
public import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The multi-scale structural similarity of 8-bit RGB pictures, 0 to 1, as the program pytorch_msssim 1.0.0 defines it.
///
/// Five scales, each half the size of the one before (means of 2×2 samples); at each the contrast term of SSIM, at the last SSIM itself, all
/// clamped at 0 and raised to the scale's weight; their product for each colour, then the mean of the colours. Wang, Simoncelli, Bovik:
/// "Multiscale structural similarity for image quality assessment", Asilomar 2003, eq. 7; for each scale see ``SSIM``.
public struct MSSSIM: ImageMetric {
  /// The longest short side for which the measure is undefined: four halvings must leave room for the window of 11 samples.
  public static let sizeLimit = 160

  static let weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

  /// Creates the measure.
  public init() {}

  /// `ms_ssim`.
  public var key: String { "ms_ssim" }

  /// The sizes for which it is defined.
  public var requirement: String { "both sides longer than 160 pixels" }

  /// The name.
  public var name: String { "MS-SSIM (RGB)" }

  /// Returns the MS-SSIM, 0 to 1; nil when a side has 160 pixels or fewer.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    try MetricError.check(reconstruction, original)
    guard min(original.width, original.height) > Self.sizeLimit else { return nil }
    // Each colour on a thread of its own.
    var products = [Double](repeating: 0, count: 3)
    products.withUnsafeMutableBufferPointer { products in
      nonisolated(unsafe) let products = products
      DispatchQueue.concurrentPerform(iterations: 3) { products[$0] = Self.product(reconstruction, original, channel: $0) }
    }
    return products.reduce(0, +) / 3
  }

  private static func product(_ reconstruction: Image, _ original: Image, channel: Int) -> Double {
    var planes = (Plane(reconstruction, channel: channel), Plane(original, channel: channel))
    var product = 1.0
    for (scale, weight) in weights.enumerated() {
      let similarity = StructuralSimilarity(planes.0, planes.1)
      let isLast = scale == weights.count - 1
      product *= pow(max(isLast ? similarity.mean : similarity.contrast, 0), weight)
      if !isLast { planes = (planes.0.halved(), planes.1.halved()) }
    }
    return product
  }
}
