import CImageCodecs

/// Reading and writing PNG (through libpng).
///
/// Every PNG becomes 8-bit RGB by fixed rules: 16-bit samples v are rounded to the nearest of v/257 (257 is odd, there are no ties);
/// 1-, 2- and 4-bit grey is scaled to 0...255 and grey is repeated in the three colours; palettes are looked up;
/// alpha and transparent colours are dropped and the colour below is kept, as Pillow's `convert("RGB")` does;
/// gamma, colour profiles and EXIF in a PNG are ignored. Interlaced files are read.
public enum PNG {
  /// The library and its version, for example `libpng 1.6.39`.
  public static var libraryVersion: String { "libpng \(String(cString: bpic_png_version()))" }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Returns the picture as the bytes of a PNG file.
  ///
  /// - Parameter compressionLevel: effort of zlib, clamped to 0 (none) ... 9 (most).
  /// - Throws: ``ImageError`` when a side is longer than PNG can say or memory runs out.
  public static func encode(_ image: Image, compressionLevel: Int = 6) throws(ImageError) -> [UInt8] {
    guard let width = Int32(exactly: image.width), let height = Int32(exactly: image.height) else {
      throw ImageError.notEncodable(format: "PNG", reason: "a side may have at most \(Int32.max) pixels")
    }
    return try Bridge.encode(format: "PNG") { output, message in
      bpic_png_encode(image.pixels, UInt32(width), UInt32(height), Int32(min(max(compressionLevel, 0), 9)), output, message)
    }
  }

  /// Returns the picture in the bytes of a PNG file; `name` is what errors call it.
  ///
  /// - Throws: ``ImageError`` when the bytes are broken, cut or announce too many pixels.
  public static func decode(_ bytes: [UInt8], name: String) throws(ImageError) -> Image {
    let header = try PNGHeader(bytes, name: name)
    // Deflate shrinks at most 1032 times, so a file much shorter than that is cut or lies about its size.
    guard header.storedBytes / 1040 <= bytes.count else {
      throw ImageError.damaged(
        name: name, format: "PNG", reason: "\(bytes.count) bytes cannot hold \(header.width)×\(header.height) pixels")
    }
    return try Bridge.decode(format: "PNG", name: name, width: header.width, height: header.height) { pixels, message in
      bpic_png_decode(bytes, bytes.count, pixels, UInt32(header.width), UInt32(header.height), message)
    }
  }
}

/// The first chunk of a PNG file.
struct PNGHeader {
  let width: Int
  let height: Int
  /// The size of the unpacked rows in bytes, filter bytes left out.
  let storedBytes: Int

  init(_ bytes: [UInt8], name: String) throws(ImageError) {
    guard bytes.count >= 33, bytes.starts(with: PNG.signature), bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw ImageError.damaged(name: name, format: "PNG", reason: "the header is missing or incomplete")
    }
    let number = { (start: Int) in bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) } }
    width = number(16)
    height = number(20)
    try ImageFile.check(width: width, height: height, format: "PNG", name: name)
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[25]] ?? 1
    storedBytes = height * ((width * channels * Int(bytes[24]) + 7) / 8)
  }
}
