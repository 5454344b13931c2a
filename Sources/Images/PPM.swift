/// Reading PPM, binary (P6) and plain (P3), with comments in the header.
///
/// Samples v of a file whose largest value is m are scaled to 8 bits by v·255/m, rounded to the nearest, halves up;
/// for m = 65535 that is v/257 as for PNG. Values above m are an error. What follows the first picture is ignored.
public enum PPM {
  /// Returns the picture in the bytes of a PPM file; `name` is what errors call it.
  ///
  /// - Throws: ``ImageError`` when the bytes are broken, cut or announce too many pixels.
  public static func decode(_ bytes: [UInt8], name: String) throws(ImageError) -> Image {
    let header = try PPMHeader(bytes, name: name)
    let count = header.width * header.height * 3
    let available = bytes.count - header.end
    let needed = header.isPlain ? count * 2 - 1 : count * header.bytesPerSample
    guard available >= needed else {
      throw damaged(name, "the samples end after \(max(available, 0)) bytes of at least \(needed)")
    }
    var pixels = [UInt8](repeating: 0, count: count)
    if !header.isPlain && header.largest == 255 {
      pixels.replaceSubrange(0..., with: bytes[header.end..<(header.end + count)])
      return Image(width: header.width, height: header.height, pixels: pixels)
    }
    var reader = PPMReader(bytes: bytes, position: header.end)
    for index in 0..<count {
      let sample = header.isPlain ? reader.number() : reader.binary(header.bytesPerSample)
      guard let sample else { throw damaged(name, "sample \(index) of \(count) is missing or no number") }
      guard sample <= header.largest else { throw damaged(name, "sample \(index) is \(sample), above the largest value \(header.largest)") }
      pixels[index] = UInt8((sample * 510 + header.largest) / (2 * header.largest))
    }
    return Image(width: header.width, height: header.height, pixels: pixels)
  }

  static func damaged(_ name: String, _ reason: String) -> ImageError { .damaged(name: name, format: "PPM", reason: reason) }
}

/// The text before the samples of a PPM file.
struct PPMHeader {
  let isPlain: Bool
  let width: Int
  let height: Int
  /// The value of full brightness, 1...65535.
  let largest: Int
  /// Where the samples start.
  let end: Int

  var bytesPerSample: Int { largest > 255 ? 2 : 1 }

  init(_ bytes: [UInt8], name: String) throws(ImageError) {
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "P"), bytes[1] == UInt8(ascii: "6") || bytes[1] == UInt8(ascii: "3") else {
      throw PPM.damaged(name, "it does not start with P6 or P3")
    }
    isPlain = bytes[1] == UInt8(ascii: "3")
    var reader = PPMReader(bytes: bytes, position: 2)
    guard let width = reader.number(), let height = reader.number(), let largest = reader.number() else {
      throw PPM.damaged(name, "width, height or largest value is missing")
    }
    try ImageFile.check(width: width, height: height, format: "PPM", name: name)
    guard 1...65535 ~= largest else { throw PPM.damaged(name, "the largest value is \(largest), and it goes from 1 to 65535") }
    guard reader.skipOneSpace() else { throw PPM.damaged(name, "the header does not end in white space") }
    (self.width, self.height, self.largest, end) = (width, height, largest, reader.position)
  }
}

/// Reads numbers from the bytes of a PPM file.
struct PPMReader {
  let bytes: [UInt8]
  var position: Int

  /// Returns the next decimal number after white space and comments; nil when there is none or it has more than nine digits.
  mutating func number() -> Int? {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count && bytes[position] != 0x0A && bytes[position] != 0x0D { position += 1 }
      } else if Self.isSpace(bytes[position]) {
        position += 1
      } else {
        break
      }
    }
    let start = position
    var value = 0
    while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position], position - start < 10 {
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    return 1...9 ~= position - start ? value : nil
  }

  /// Returns the next sample of one byte, or of two with the high byte first.
  mutating func binary(_ length: Int) -> Int? {
    guard position <= bytes.count - length else { return nil }
    defer { position += length }
    return length == 1 ? Int(bytes[position]) : Int(bytes[position]) << 8 | Int(bytes[position + 1])
  }

  /// Passes over the single white space that ends the header.
  mutating func skipOneSpace() -> Bool {
    guard position < bytes.count, Self.isSpace(bytes[position]) else { return false }
    position += 1
    return true
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
}
