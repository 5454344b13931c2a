/// Writes PNG files of any colour type, depth and interlacing with stored (uncompressed) data, independently of libpng.
struct PNGBuilder {
  var width: Int
  var height: Int
  var colorType: UInt8
  var depth: Int
  var isInterlaced = false
  /// Chunks between header and data, for example a palette.
  var extraChunks: [(name: String, content: [UInt8])] = []

  var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }

  func bytes(sample: (_ x: Int, _ y: Int, _ channel: Int) -> Int) -> [UInt8] {
    let passes =
      isInterlaced
      ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] : [(0, 0, 1, 1)]
    var raw: [UInt8] = []
    for (startX, startY, stepX, stepY) in passes where startX < width {
      for y in stride(from: startY, to: height, by: stepY) {
        raw.append(0)
        var (bits, count) = (0, 0)
        for x in stride(from: startX, to: width, by: stepX) {
          for channel in 0..<channels {
            bits = bits << depth | sample(x, y, channel)
            count += depth
            while count >= 8 {
              raw.append(UInt8(bits >> (count - 8) & 0xFF))
              count -= 8
              bits &= (1 << count) - 1
            }
          }
        }
        if count > 0 { raw.append(UInt8(bits << (8 - count) & 0xFF)) }
      }
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += Self.chunk("IHDR", Self.number(width) + Self.number(height) + [UInt8(depth), colorType, 0, 0, isInterlaced ? 1 : 0])
    for extra in extraChunks { file += Self.chunk(extra.name, extra.content) }
    return file + Self.chunk("IDAT", Self.zlib(raw)) + Self.chunk("IEND", [])
  }

  static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return number(content.count) + body + number(Int(~crc))
  }

  static func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) } }

  private static func zlib(_ raw: [UInt8]) -> [UInt8] {
    precondition(raw.count < 65536)
    let length = [UInt8(raw.count & 0xFF), UInt8(raw.count >> 8)]
    var (a, b) = (1, 0)
    for byte in raw {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    return [0x78, 0x01, 0x01] + length + length.map { ~$0 } + raw + number(b << 16 | a)
  }
}
