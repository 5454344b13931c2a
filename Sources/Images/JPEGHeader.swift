/// What the segments before the coded data of a JPEG file say.
struct JPEGHeader {
  /// The stored width, before the orientation is applied.
  let width: Int
  /// The stored height, before the orientation is applied.
  let height: Int
  let isArithmetic: Bool
  let orientation: Orientation

  /// Walks the segments up to the frame header; nil when `bytes` ends before it.
  init?(_ bytes: [UInt8], name: String) throws(ImageError) {
    var orientation: Orientation?
    var position = 2
    while true {
      // A marker may be preceded by any number of fill bytes; stray bytes before it are passed over, as libjpeg does.
      while position < bytes.count && bytes[position] != 0xFF { position += 1 }
      while position < bytes.count && bytes[position] == 0xFF { position += 1 }
      guard position + 2 < bytes.count else { return nil }
      let marker = bytes[position]
      if marker == 0x00 || marker == 0x01 || 0xD0...0xD8 ~= marker {
        position += 1
        continue
      }
      if marker == 0xD9 || marker == 0xDA {
        throw ImageError.damaged(name: name, format: "JPEG", reason: "the coded data start before the size of the picture is said")
      }
      let start = position + 3
      let length = Int(bytes[position + 1]) << 8 | Int(bytes[position + 2])
      guard length >= 2 else { throw ImageError.damaged(name: name, format: "JPEG", reason: "a segment of impossible length") }
      let end = start + length - 2
      guard end <= bytes.count else { return nil }
      if marker == 0xE1 && orientation == nil { orientation = EXIF.orientation(in: bytes[start..<end]) }
      if 0xC0...0xCF ~= marker && marker != 0xC4 && marker != 0xC8 && marker != 0xCC {
        guard length >= 8 else { throw ImageError.damaged(name: name, format: "JPEG", reason: "the frame header is too short") }
        height = Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
        width = Int(bytes[start + 3]) << 8 | Int(bytes[start + 4])
        isArithmetic = marker >= 0xC9
        try Self.check(components: bytes[start + 5], name: name)
        try ImageFile.check(width: width, height: height, format: "JPEG", name: name)
        break
      }
      position = end
    }
    self.orientation = orientation ?? .upright
  }

  private static func check(components: UInt8, name: String) throws(ImageError) {
    switch components {
    case 1, 3: return
    case 4:
      throw ImageError.unsupported(
        name: name, format: "JPEG", feature: "its colours are CMYK, and how they look depends on a print profile",
        remedy: "convert it to RGB with a colour-managed program")
    default:
      throw ImageError.unsupported(
        name: name, format: "JPEG", feature: "it has \(components) colour planes", remedy: "save it as grey or RGB")
    }
  }
}
