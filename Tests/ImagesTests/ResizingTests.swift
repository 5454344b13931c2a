import Images
import Testing

/// Reference numbers: Pillow 13.0.0, `Image.resize(size, Image.BICUBIC)` on an RGB picture.
@Suite struct ResizingTests {
  private var image: Image {
    var pixels: [UInt8] = []
    for y in 0..<9 {
      for x in 0..<13 {
        for c in 0..<3 { pixels.append(UInt8((x * 37 + y * 91 + c * 53 + (x * y) % 7 * 29) % 256)) }
      }
    }
    return Image(width: 13, height: 9, pixels: pixels)
  }

  @Test func givesWhatPillowGives() {
    let small: [UInt8] = [
      98, 120, 127, 144, 145, 126, 112, 117, 117, 139, 154, 115, 108, 124, 148, 124, 98, 117, 115, 128, 138, 115, 97, 134, 151, 128, 108,
      90,
      87, 125, 127, 130, 127, 93, 92, 112,
    ]
    #expect(image.resized(width: 4, height: 3).pixels == small)
  }

  @Test(
    arguments: [
      (7, 5, [73, 118, 110, 113, 101, 149, 134, 192, 161, 172, 95, 73]), (5, 9, [32, 85, 143, 133, 186, 200, 143, 98, 81, 55, 108, 171]),
      (13, 4, [73, 126, 129, 87, 140, 79, 145, 92, 145, 95, 98, 154]), (20, 17, [0, 42, 94, 5, 57, 121, 31, 86, 160, 53, 125, 182]),
    ] as [(Int, Int, [UInt8])])
  func beginsAsPillowDoes(width: Int, height: Int, first: [UInt8]) {
    let resized = image.resized(width: width, height: height)
    #expect((resized.width, resized.height) == (width, height))
    #expect(Array(resized.pixels.prefix(12)) == first)
  }

  @Test func keepsWhatIsPlain() {
    let plain = Image(width: 5, height: 3, pixels: [UInt8](repeating: 201, count: 45))
    for (width, height) in [(1, 1), (2, 7), (50, 31)] {
      #expect(plain.resized(width: width, height: height).pixels.allSatisfy { $0 == 201 })
    }
    #expect(image.resized(width: 13, height: 9) == image)
  }
}
