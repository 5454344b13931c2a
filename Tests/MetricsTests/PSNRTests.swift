import Images
import Testing

@testable import Metrics

struct PSNRTests {
  @Test func identicalPicturesAreInfinite() throws {
    let image = Image(width: 2, height: 1, pixels: [0, 10, 20, 30, 40, 255])
    #expect(try PSNR().value(of: image, original: image) == .infinity)
  }

  @Test func oneStepInOneSample() throws {
    let original = Image(width: 1, height: 1, pixels: [7, 8, 9])
    let copy = Image(width: 1, height: 1, pixels: [7, 9, 9])
    let psnr = try #require(try PSNR().value(of: copy, original: original))
    #expect(abs(psnr - 52.902_016_155_875_73) < 1e-12)  // 10·log10(255² · 3)
  }

  @Test func theLargestErrorIsZeroDecibels() throws {
    let black = Image(width: 200, height: 150, pixels: [UInt8](repeating: 0, count: 90_000))
    let white = Image(width: 200, height: 150, pixels: [UInt8](repeating: 255, count: 90_000))
    #expect(PSNR.squaredError(black.pixels, white.pixels) == 90_000 * 65_025)  // more than 32 bits hold
    let psnr = try #require(try PSNR().value(of: black, original: white))
    #expect(abs(psnr) < 1e-12)
  }

  @Test func differentSizesAreAnError() {
    let one = Image(width: 1, height: 2, pixels: [UInt8](repeating: 0, count: 6))
    let other = Image(width: 2, height: 1, pixels: [UInt8](repeating: 0, count: 6))
    let expected = MetricError.differentSizes(width: 1, height: 2, originalWidth: 2, originalHeight: 1)
    #expect(throws: expected) { try PSNR().value(of: one, original: other) }
    #expect(throws: expected) { try SSIM().value(of: one, original: other) }
    #expect(throws: expected) { try MSSSIM().value(of: one, original: other) }
    #expect(
      expected.description == "a picture of 1×2 pixels cannot be compared with one of 2×1; crop or pad one of them first")
  }
}
