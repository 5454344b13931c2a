import CImageCodecs

/// Reading and writing JPEG (through the classic interface of libjpeg-turbo).
///
/// Grey pictures are repeated in the three colours; the orientation in the EXIF data is applied, so that the picture stands upright
/// (Pillow's `convert("RGB")` does not do that); colour profiles are ignored; CMYK is refused.
/// Decoding uses the accurate integer DCT and smooth chroma upsampling, the library's defaults.
/// Warnings of the library that mean missing or wrong data are errors.
public enum JPEG {
  /// The library and its version, for example `libjpeg-turbo 2.1.5`.
  public static var libraryVersion: String { String(cString: bpic_jpeg_version()) }

  /// How the two chroma planes are stored.
  public enum Subsampling: String, Sendable, CaseIterable {
    /// Half the width and half the height (4:2:0).
    case yuv420
    /// Full size (4:4:4).
    case yuv444
  }

  /// The longest side that libjpeg takes.
  static let longestSide = 65500

  /// Returns the picture as the bytes of a JPEG file.
  ///
  /// With `yuv420` and both switches off the coded data are those of Pillow's `save(format="jpeg", quality: q)`:
  /// baseline, the standard quantisation and Huffman tables, accurate integer DCT (compared with Pillow 13.0.0).
  /// A Pillow that carries IJG libjpeg 9 instead of libjpeg-turbo (8.1.0, for example) codes chroma differently. CompressAI's
  /// published curve is reproduced by such a one; against it the mean rate on Kodak differs by less than 0.3 %, and the mean PSNR
  /// published is up to 0.14 dB lower.
  ///
  /// - Parameters:
  ///   - quality: the IJG quality, 1 (worst) ... 100.
  ///   - optimize: fit the Huffman tables to the picture.
  ///   - progressive: write the coefficients in several scans (with fitted tables).
  /// - Throws: ``ImageError`` when the quality is out of range or a side is longer than 65500 pixels.
  public static func encode(
    _ image: Image, quality: Int, subsampling: Subsampling = .yuv420, optimize: Bool = false, progressive: Bool = false
  ) throws(ImageError) -> [UInt8] {
    guard 1...100 ~= quality else {
      throw ImageError.notEncodable(format: "JPEG", reason: "the quality is \(quality), and it goes from 1 to 100")
    }
    guard image.width <= longestSide && image.height <= longestSide else {
      throw ImageError.notEncodable(
        format: "JPEG", reason: "it has \(image.width)×\(image.height) pixels, and a side may have at most \(longestSide)")
    }
    return try Bridge.encode(format: "JPEG") { output, message in
      bpic_jpeg_encode(
        image.pixels, UInt32(image.width), UInt32(image.height), Int32(quality), subsampling == .yuv420 ? 1 : 0, optimize ? 1 : 0,
        progressive ? 1 : 0, output, message)
    }
  }

  /// Returns the picture in the bytes of a JPEG file, upright; `name` is what errors call it.
  ///
  /// - Throws: ``ImageError`` when the bytes are broken, cut, announce too many pixels or hold CMYK colours.
  public static func decode(_ bytes: [UInt8], name: String) throws(ImageError) -> Image {
    guard let header = try JPEGHeader(bytes, name: name) else {
      throw ImageError.damaged(name: name, format: "JPEG", reason: "the file ends before the size of the picture is said")
    }
    // Every 8×8 block takes at least one bit in Huffman coding; the factor 4 allows for the oddest subsampling.
    guard header.isArithmetic || header.width * header.height / 2048 <= bytes.count else {
      throw ImageError.damaged(
        name: name, format: "JPEG", reason: "\(bytes.count) bytes cannot hold \(header.width)×\(header.height) pixels")
    }
    let stored = try Bridge.decode(format: "JPEG", name: name, width: header.width, height: header.height) { pixels, message in
      bpic_jpeg_decode(bytes, bytes.count, pixels, UInt32(header.width), UInt32(header.height), message)
    }
    return stored.rearranged(by: header.orientation)
  }
}
