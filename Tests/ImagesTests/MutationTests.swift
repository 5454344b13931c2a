import Images
import Testing

/// Changed files must be read or refused, never crash, hang or read outside their bytes.
@Suite struct MutationTests {
  private static func samples() throws -> [[UInt8]] {
    let image = testImage(width: 19, height: 14)
    return [
      try PNG.encode(image),
      PNGBuilder(width: 9, height: 9, colorType: 6, depth: 16, isInterlaced: true).bytes { x, y, c in x * y * c },
      try JPEG.encode(image, quality: 50),
      try JPEG.encode(image, quality: 50, progressive: true),
      Array("P6 # x\n19 14 255\n".utf8) + image.pixels,
      Array("P3 2 2 65535 1 2 3 4 5 6 7 8 9 10 11 12".utf8),
    ]
  }

  @Test(arguments: 0..<6)
  func survives(sample: Int) throws {
    let original = try Self.samples()[sample]
    var state = UInt64(sample + 1)
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var (read, refused) = (0, 0)
    for _ in 0..<1000 {
      var bytes = original
      for _ in 0...draw(4) {
        guard !bytes.isEmpty else { break }
        switch draw(5) {
        case 0: bytes[draw(bytes.count)] = UInt8(draw(256))
        case 1: bytes[draw(bytes.count)] ^= 1 << UInt8(draw(8))
        case 2: bytes.removeLast(draw(bytes.count))
        case 3: bytes.insert(UInt8(draw(256)), at: draw(bytes.count))
        default: bytes.remove(at: draw(bytes.count))
        }
      }
      do throws(ImageError) {
        let image = try ImageFile.decode(bytes, name: "x")
        #expect(image.pixels.count == image.width * image.height * 3)
        read += 1
      } catch {
        refused += 1
      }
    }
    #expect(read + refused == 1000 && refused > 0)
  }
}
