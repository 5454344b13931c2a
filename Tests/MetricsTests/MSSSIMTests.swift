import Images
import Testing

@testable import Metrics

struct MSSSIMTests {
  private func grey(_ width: Int, _ height: Int, _ value: UInt8 = 128) -> Image {
    Image(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
  }

  @Test(arguments: [(160, 400, false), (400, 160, false), (161, 161, true)])
  func theShorterSideDecides(width: Int, height: Int, isDefined: Bool) throws {
    let value = try MSSSIM().value(of: grey(width, height), original: grey(width, height))
    #expect((value != nil) == isDefined)
    if let value { #expect(value == 1) }
  }

  @Test(arguments: [(10, 11, false), (11, 11, true), (12, 29, true)])
  func ssimNeedsItsWindow(width: Int, height: Int, isDefined: Bool) throws {
    #expect((try SSIM().value(of: grey(width, height), original: grey(width, height)) != nil) == isDefined)
  }

  @Test func ssimOfFlatPicturesFollowsTheFormula() throws {
    // Without variance the contrast term is 1 and the rest depends on the two means only. In 32 bits the squares leave a variance of a few
    // thousandths, as they do in the reference.
    let c1 = 0.01 * 255 * 0.01 * 255
    let value = try #require(try SSIM().value(of: grey(20, 17, 100), original: grey(20, 17, 50)))
    #expect(abs(value - (2 * 100 * 50 + c1) / (100 * 100 + 50 * 50 + c1)) < 1e-4)
  }

  @Test func oddSidesGetABorderOfZerosInFront() {
    var plane = Plane(width: 3, height: 2)
    for (index, value) in [4, 8, 12, 16, 20, 24].enumerated() { plane.samples[index / 3 * plane.stride + index % 3] = Float(value) }
    let half = plane.halved()
    #expect((half.width, half.height) == (2, 1))
    #expect(Array(half.samples.prefix(2)) == [5, 16])  // (4 + 16) / 4 and (8 + 12 + 20 + 24) / 4
  }

  @Test func theWindowSumsToOne() {
    let sum = GaussianWindow.filter { _ in SIMD8(repeating: 1) }
    #expect(abs(sum[0] - 1) < 1e-6)
  }
}
