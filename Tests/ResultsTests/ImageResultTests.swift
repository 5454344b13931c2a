import Results
import Testing

@Suite struct ImageResultTests {
  @Test func dividesByThePixelsOfTheOriginal() {
    let result = Samples.images[0]
    #expect(result.bppEstimated == 5900.0 / 60000)
    #expect(result.bppPayload == 0.1)
    #expect(result.bppFile == 0.11)
    #expect(abs((result.msSSIMDecibels ?? 0) - 10) < 1e-12)
    #expect(result.notes.isEmpty)
  }

  @Test func undefinedValuesAreNullWithANote() {
    #expect(Samples.same.psnr == nil)
    #expect(Samples.same.msSSIM == 1)
    #expect(Samples.same.msSSIMDecibels == nil)
    #expect(
      Samples.same.notes == [
        "psnr is null: the reconstruction equals the original, so PSNR is infinite",
        "ms_ssim_db is null: MS-SSIM is 1, so its decibels are infinite",
      ])
    #expect(Samples.small.notes == ["ms_ssim is null: MS-SSIM needs both sides longer than 160 pixels, this image is 160×640"])
  }

  @Test func brokenNumbersDoNotReachTheFile() {
    let result = ImageResult(
      name: "x", width: 200, height: 200, estimatedBits: .infinity, payloadBytes: 1, fileBytes: 1, psnr: .nan, msSSIM: .nan,
      encodingTime: .infinity)
    #expect(
      result.bppEstimated == nil && result.psnr == nil && result.msSSIM == nil && result.msSSIMDecibels == nil && result.encodingTime == nil
    )
    #expect(
      result.notes == [
        "bpp_estimated is null: it was computed as inf", "psnr is null: it was computed as nan", "ms_ssim is null: it was computed as nan",
      ])
  }

  @Test func onePixelIsAnImage() {
    let result = ImageResult(name: "1", width: 1, height: 1, estimatedBits: 3, payloadBytes: 1, fileBytes: 100, psnr: 20, msSSIM: nil)
    #expect(result.bppPayload == 8)
    #expect(result.bppFile == 800)
    #expect(result.notes.count == 1)
  }
}
