public import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The peak signal-to-noise ratio in YCbCr of full range (0 to 255, not rounded), made from 8-bit RGB.
///
/// With the matrix's weights kr, kb and kg = 1 − kr − kb: Y = kr·R + kg·G + kb·B, Cb = (B − Y) / (2 − 2·kb), Cr = (R − Y) / (2 − 2·kr). Each
/// component's PSNR is 20·log10(255) − 10·log10(MSE). The components are linear in RGB, so that only differences are transformed.
public struct YCbCrPSNR: ImageMetric {
  /// Which components count, and how they are made.
  public enum Form: String, Sendable, CaseIterable {
    /// Y with the weights of ITU-R BT.601: kr = 0.299, kb = 0.114.
    case lumaBT601 = "psnr_y_bt601"
    /// Y with the weights of ITU-R BT.709: kr = 0.2126, kb = 0.0722.
    case lumaBT709 = "psnr_y_bt709"
    /// (6·PSNR(Y) + PSNR(Cb) + PSNR(Cr)) / 8 with the weights of BT.709.
    case weighted611 = "psnr_yuv_611"
  }

  /// The components.
  public let form: Form

  /// Creates the measure.
  public init(_ form: Form) { self.form = form }

  /// The form's name.
  public var key: String { form.rawValue }

  /// The name.
  public var name: String {
    switch form {
    case .lumaBT601: "PSNR (Y, BT.601 full range)"
    case .lumaBT709: "PSNR (Y, BT.709 full range)"
    case .weighted611: "PSNR (YCbCr 6:1:1, BT.709 full range)"
    }
  }

  /// Returns the PSNR in dB, infinity where a component that counts is identical; never nil.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws(MetricError) -> Double? {
    try MetricError.check(reconstruction, original)
    let (kr, kb) = form == .lumaBT601 ? (0.299, 0.114) : (0.2126, 0.0722)
    var sums = (y: 0.0, cb: 0.0, cr: 0.0)
    let count = original.width * original.height
    reconstruction.pixels.withUnsafeBufferPointer { left in
      original.pixels.withUnsafeBufferPointer { right in
        func difference(_ index: Int) -> Double { Double(Int(left[index]) - Int(right[index])) }
        for pixel in 0..<count {
          let (red, green, blue) = (difference(pixel * 3), difference(pixel * 3 + 1), difference(pixel * 3 + 2))
          let y = kr * red + (1 - kr - kb) * green + kb * blue
          let (cb, cr) = ((blue - y) / (2 - 2 * kb), (red - y) / (2 - 2 * kr))
          sums.y += y * y
          sums.cb += cb * cb
          sums.cr += cr * cr
        }
      }
    }
    func decibels(_ sum: Double) -> Double { sum > 0 ? 20 * log10(255) - 10 * log10(sum / Double(count)) : .infinity }
    if form != .weighted611 { return decibels(sums.y) }
    return (6 * decibels(sums.y) + decibels(sums.cb) + decibels(sums.cr)) / 8
  }
}
