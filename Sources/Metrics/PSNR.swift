public import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The peak signal-to-noise ratio of 8-bit RGB pictures in dB: 20·log10(255) − 10·log10(MSE).
///
/// MSE is the mean of the squared differences over all samples of the three colours, summed in whole numbers. Identical pictures have an
/// infinite PSNR.
public struct PSNR: ImageMetric {
  /// Creates the measure.
  public init() {}

  /// `psnr`.
  public var key: String { "psnr" }

  /// The name.
  public var name: String { "PSNR (RGB)" }

  /// Returns the PSNR in dB, infinity for identical pictures; never nil.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    try MetricError.check(reconstruction, original)
    let error = Self.squaredError(reconstruction.pixels, original.pixels)
    guard error > 0 else { return .infinity }
    return 20 * log10(255) - 10 * log10(Double(error) / Double(original.pixels.count))
  }

  /// Returns the sum of the squared differences of two lists of the same length, exactly.
  static func squaredError(_ left: [UInt8], _ right: [UInt8]) -> UInt64 {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var total: UInt64 = 0
        var start = 0
        // 65,536 squares of at most 255² fit into 32 bits, in which the processor adds several at once.
        while start < left.count {
          let end = min(start + 65_536, left.count)
          var part: UInt32 = 0
          for index in start..<end {
            let difference = Int32(left[index]) &- Int32(right[index])
            part &+= UInt32(truncatingIfNeeded: difference &* difference)
          }
          total += UInt64(part)
          start = end
        }
        return total
      }
    }
  }
}
