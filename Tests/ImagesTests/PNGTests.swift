import Images
import Testing

@Suite struct PNGTests {
  @Test(arguments: [(1, 1), (3, 2), (17, 31), (64, 5)])
  func roundTrips(width: Int, height: Int) throws {
    let image = testImage(width: width, height: height)
    for level in [0, 6, 9] { #expect(try PNG.decode(PNG.encode(image, compressionLevel: level), name: "x") == image) }
  }

  @Test func roundsEverySixteenBitValue() throws {
    for start in stride(from: 0, to: 65536, by: 4096) {
      let bytes = PNGBuilder(width: 64, height: 64, colorType: 0, depth: 16).bytes { x, y, _ in start + y * 64 + x }
      let image = try PNG.decode(bytes, name: "x")
      var expected: [UInt8] = []
      for value in start..<(start + 4096) { expected += [UInt8](repeating: UInt8((Double(value) / 257).rounded()), count: 3) }
      #expect(image.pixels == expected)
    }
  }

  @Test(arguments: [1, 2, 4, 8, 16], [false, true])
  func repeatsGrey(depth: Int, isInterlaced: Bool) throws {
    let builder = PNGBuilder(width: 13, height: 11, colorType: 0, depth: depth, isInterlaced: isInterlaced)
    let largest = 1 << depth - 1
    let value = { (x: Int, y: Int) -> Int in (x * 5 + y * 3) & largest }
    let image = try PNG.decode(builder.bytes { x, y, _ in value(x, y) }, name: "x")
    for y in 0..<11 {
      for x in 0..<13 {
        let grey = UInt8((Double(value(x, y)) * 255 / Double(largest)).rounded())
        let start = (y * 13 + x) * 3
        #expect(Array(image.pixels[start..<(start + 3)]) == [grey, grey, grey])
      }
    }
  }

  @Test(arguments: [8, 16], [false, true])
  func dropsAlpha(depth: Int, isInterlaced: Bool) throws {
    let scale = depth == 16 ? 257 : 1
    let sample = { (x: Int, y: Int, c: Int) -> Int in (x * 9 + y * 17 + c * 50) % 256 * scale }
    let plain = PNGBuilder(width: 9, height: 10, colorType: 2, depth: depth, isInterlaced: isInterlaced)
    var withAlpha = plain
    withAlpha.colorType = 6
    let image = try PNG.decode(plain.bytes(sample: sample), name: "x")
    var expected: [UInt8] = []
    for y in 0..<10 {
      for x in 0..<9 { for c in 0..<3 { expected.append(UInt8(sample(x, y, c) / scale)) } }
    }
    #expect(image.pixels == expected)
    #expect(try PNG.decode(withAlpha.bytes { x, y, c in c == 3 ? (x * 3) % 2 * 255 : sample(x, y, c) }, name: "x") == image)
    var greyAlpha = plain
    greyAlpha.colorType = 4
    let grey = try PNG.decode(greyAlpha.bytes { x, y, c in c == 1 ? 0 : sample(x, y, 0) }, name: "x")
    #expect(grey.pixels == image.pixels.enumerated().map { image.pixels[$0.offset / 3 * 3] })
  }

  @Test(arguments: [1, 2, 4, 8])
  func looksUpPalettes(depth: Int) throws {
    var builder = PNGBuilder(width: 7, height: 3, colorType: 3, depth: depth)
    let palette: [[UInt8]] = [[1, 2, 3], [200, 100, 50]]
    builder.extraChunks = [("gAMA", PNGBuilder.number(22000)), ("PLTE", palette.flatMap { $0 }), ("tRNS", [0, 7])]
    let image = try PNG.decode(builder.bytes { x, y, _ in (x + y) % 2 }, name: "x")
    var expected: [UInt8] = []
    for y in 0..<3 {
      for x in 0..<7 { expected += palette[(x + y) % 2] }
    }
    #expect(image.pixels == expected)
  }

  @Test func ignoresTransparentColourAndGamma() throws {
    var builder = PNGBuilder(width: 4, height: 1, colorType: 0, depth: 8)
    builder.extraChunks = [("gAMA", PNGBuilder.number(10000)), ("tRNS", [0, 2])]
    #expect(try PNG.decode(builder.bytes { x, _, _ in x }, name: "x").pixels == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
  }

  @Test func refusesEveryCut() throws {
    let bytes = try PNG.encode(testImage(width: 12, height: 9))
    for length in 0..<bytes.count {
      #expect(throws: ImageError.self) { try PNG.decode(Array(bytes[..<length]), name: "x") }
    }
  }
}
