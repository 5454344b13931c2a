import Images
import Testing

@testable import Metrics

struct YCbCrPSNRTests {
  private let original = Image(width: 1, height: 1, pixels: [10, 20, 30])

  @Test func aStepOfGreenCountsWithItsWeight() throws {
    let copy = Image(width: 1, height: 1, pixels: [10, 30, 30])
    // 20·log10(255 / (10·0.587)) and the same with 0.7152
    let first = try #require(try YCbCrPSNR(.lumaBT601).value(of: copy, original: original))
    let second = try #require(try YCbCrPSNR(.lumaBT709).value(of: copy, original: original))
    #expect(abs(first - 32.758_041_6) < 1e-5)
    #expect(abs(second - 31.042_253_5) < 1e-5)
  }

  @Test func greyErrorsHaveNoChroma() throws {
    let copy = Image(width: 1, height: 1, pixels: [11, 21, 31])
    let luma = try #require(try YCbCrPSNR(.lumaBT709).value(of: copy, original: original))
    #expect(abs(luma - 48.130_804) < 1e-5)
  }

  @Test func theErrorIsTheMeanOfSquares() throws {
    let copy = Image(width: 1, height: 1, pixels: [13, 20, 30])
    #expect(try MSE().value(of: copy, original: original) == 3)
  }
}
