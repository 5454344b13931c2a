import Downloads
public import Images

/// The identity of a picture's samples, whatever file they are in.
public enum SampleDigest {
  /// Returns the SHA-256, in hexadecimal digits, of the picture as a PPM file: `P6`, width, height, `255`, then the samples.
  public static func sha256(_ image: Image) -> String {
    FileDigest.sha256([UInt8]("P6\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels)
  }
}
