import Results
import Testing

@Suite struct RatePointTests {
  let point = RatePoint(aggregating: Samples.images, label: "p")

  @Test func meansAreOverImages() {
    #expect(abs(point.bppPayload - 0.3) < 1e-15)
    #expect(abs(point.bppFile - (0.11 + 0.505) / 2) < 1e-15)
    #expect(point.psnr == 31.5)
    #expect(abs((point.msSSIM ?? 0) - 0.945) < 1e-15)
    #expect(point.encodingTime == 0.5)
    #expect(point.decodingTime == 0.75)
    #expect(point.notes.isEmpty)
  }

  @Test func pooledRatesAreBitsOverPixels() {
    #expect(abs(point.bppPayloadPooled - 8250.0 * 8 / 180000) < 1e-15)
    #expect(abs(point.bppFilePooled - 8400.0 * 8 / 180000) < 1e-15)
    #expect(abs((point.bppEstimatedPooled ?? 0) - 64900.0 / 180000) < 1e-15)
  }

  @Test func decibelsOfTheMeanAreNotTheMeanOfDecibels() {
    #expect(abs((point.msSSIMDecibels ?? 0) - 12.596373105057561) < 1e-12)
    #expect(abs((point.msSSIMDecibelsMean ?? 0) - 15) < 1e-12)
  }

  @Test func oneMissingValueMakesTheMeanNull() {
    let point = RatePoint(aggregating: [Samples.images[0], Samples.small, Samples.same], label: "p", notes: ["mine"])
    #expect(point.psnr == nil)
    #expect(point.msSSIM == nil)
    #expect(point.msSSIMDecibels == nil)
    #expect(point.msSSIMDecibelsMean == nil)
    #expect(point.bppEstimated == nil)
    #expect(point.bppEstimatedPooled == nil)
    #expect(point.encodingTime == nil)
    #expect(
      point.notes == [
        "mine",
        "bpp_estimated is null: 2 of 3 images have no value ('small.png', 'same.png'); see their notes",
        "psnr is null: 1 of 3 images have no value ('same.png'); see their notes",
        "ms_ssim is null: 1 of 3 images have no value ('small.png'); see their notes",
        "ms_ssim_db_mean is null: 2 of 3 images have no value ('small.png', 'same.png'); see their notes",
      ])
  }

  @Test func whatNoImageHasNeedsNoNote() {
    let image = ImageResult(
      name: "x", width: 200, height: 200, estimatedBits: nil, payloadBytes: 1, fileBytes: 1, psnr: nil, msSSIM: 0.5, notes: ["odd"])
    #expect(RatePoint(aggregating: [image], label: "p").notes.isEmpty)
  }
}
