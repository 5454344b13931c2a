import Images
import Testing

@testable import Codecs

struct YCbCrTests {
  static let spaces = YCbCr.Matrix.allCases.flatMap { matrix in [8, 10].map { YCbCr(matrix, bits: $0) } }

  @Test(arguments: spaces) func greysStayAsTheyAre(space: YCbCr) throws {
    let image = Image(width: 256, height: 1, pixels: (0..<256).flatMap { grey in [UInt8](repeating: UInt8(grey), count: 3) })
    #expect(try space.image(space.planes(of: image)[...], width: 256, height: 1) == image)
  }

  @Test(arguments: YCbCr.Matrix.allCases) func tenBitsLoseNothing(matrix: YCbCr.Matrix) throws {
    let space = YCbCr(matrix, bits: 10)
    let image = testImage(61, 47)
    #expect(try space.image(space.planes(of: image)[...], width: 61, height: 47) == image)
  }

  /// Cutting instead of rounding would shift the mean by half a step.
  @Test func eightBitsRoundWithoutShift() throws {
    let space = YCbCr(.bt601, bits: 8)
    let image = testImage(128, 128)
    let back = try space.image(space.planes(of: image)[...], width: 128, height: 128)
    let differences = zip(back.pixels, image.pixels).map { Int($0) - Int($1) }
    #expect(differences.allSatisfy { abs($0) <= 2 })
    #expect(abs(Double(differences.reduce(0, +)) / Double(differences.count)) < 0.05)
  }

  /// White, red and blue of the standards' own formulas: 255·0.299 = 76.2, 127.5·(1 − …) and so on.
  @Test func valuesOfTheStandards() {
    let red = Image(width: 1, height: 1, pixels: [255, 0, 0])
    #expect(YCbCr(.bt601, bits: 8).planes(of: red) == [76, 85, 255])
    #expect(YCbCr(.bt709, bits: 8).planes(of: red) == [54, 99, 255])
    #expect(YCbCr(.bt601, bits: 10).planes(of: Image(width: 1, height: 1, pixels: [255, 255, 255])) == [255, 3, 0, 2, 0, 2])
  }

  @Test func tooFewBytesAreAnError() {
    #expect(throws: ToolCodecError.self) { try YCbCr(.bt601, bits: 8).image([1, 2, 3], width: 2, height: 1) }
  }

  @Test(arguments: [PictureFormat.png, .ppm, .y4m(YCbCr(.bt709, bits: 10)), .raw(YCbCr(.bt601, bits: 10))])
  func everyFormatReadsWhatItWrites(format: PictureFormat) throws {
    let image = testImage(33, 21)
    #expect(try format.decode(format.encode(image), name: "x", size: (33, 21)) == image)
  }

  @Test func otherDepthsOfVideoAreRefused() throws {
    let bytes = try PictureFormat.y4m(YCbCr(.bt601, bits: 8)).encode(testImage(4, 4))
    #expect(throws: ToolCodecError.video(reason: "expected 4:4:4 with 10 bits, found 'C444'")) {
      try PictureFormat.y4m(YCbCr(.bt601, bits: 10)).decode(bytes, name: "x", size: (4, 4))
    }
  }
}
