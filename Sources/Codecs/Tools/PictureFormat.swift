import Images

/// The form in which a picture is handed to a program, or comes from it.
public enum PictureFormat: Sendable, Equatable {
  /// A PNG file.
  case png
  /// A PPM file (P6).
  case ppm
  /// One frame of YUV4MPEG, Y′CbCr 4:4:4.
  case y4m(YCbCr)
  /// One frame of raw planes, Y′CbCr 4:4:4, samples of over 8 bits as two bytes, the low one first.
  case raw(YCbCr)

  /// The suffix of its files.
  var suffix: String {
    switch self {
    case .png: "png"
    case .ppm: "ppm"
    case .y4m: "y4m"
    case .raw: "yuv"
    }
  }

  func encode(_ image: Image) throws -> [UInt8] {
    switch self {
    case .png: try PNG.encode(image, compressionLevel: 1)
    case .ppm: Array("P6\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels
    case .y4m(let space):
      Array("YUV4MPEG2 W\(image.width) H\(image.height) F1:1 Ip A1:1 C444\(space.bits > 8 ? "p\(space.bits)" : "")\nFRAME\n".utf8)
        + space.planes(of: image)
    case .raw(let space): space.planes(of: image)
    }
  }

  /// - Parameter size: The width and height of raw planes, which do not say them.
  func decode(_ bytes: [UInt8], name: String, size: (width: Int, height: Int)) throws -> Image {
    switch self {
    case .png, .ppm: return try ImageFile.decode(bytes, name: name)
    case .raw(let space): return try space.image(bytes[...], width: size.width, height: size.height)
    case .y4m(let space):
      guard let end = bytes.prefix(1024).firstIndex(of: 10) else { throw ToolCodecError.video(reason: "it has no header") }
      let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
      func number(_ letter: String) -> Int? { words.dropFirst().first { $0.hasPrefix(letter) }.flatMap { Int($0.dropFirst()) } }
      let chroma = words.dropFirst().first { $0.hasPrefix("C") } ?? ""
      guard words.first == "YUV4MPEG2", let width = number("W"), let height = number("H"), width > 0, height > 0 else {
        throw ToolCodecError.video(reason: "its header is not one of YUV4MPEG2 with a size")
      }
      let depth = chroma == "C444" ? 8 : chroma.hasPrefix("C444p") ? Int(chroma.dropFirst(5)) : nil
      guard depth == space.bits else {
        throw ToolCodecError.video(reason: "expected 4:4:4 with \(space.bits) bits, found '\(chroma)'")
      }
      guard let frame = bytes[(end + 1)...].prefix(256).firstIndex(of: 10) else { throw ToolCodecError.video(reason: "it has no frame") }
      return try space.image(bytes[(frame + 1)...], width: width, height: height)
    }
  }
}
