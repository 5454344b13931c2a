import Results
import Testing

@Suite struct PublishedCurveTests {
  @Test func readsPublishedFiles() throws {
    let bpg = try PublishedCurve.read("\(Fixtures.folder)/compressai-curves/bpg_444_x265_ycbcr.json")
    #expect(bpg.name == "BPG 8b 444 x265 ycbcr")
    #expect(bpg.results.bpp.count == 8)
    #expect(bpg.results.encodingTime?.count == 8)
    #expect(try bpg.curve(.psnr).points.first == RateQualityCurve.Point(rate: 0.06776767306857638, quality: 26.19512806390954))
  }

  @Test func takesDecibelsWhereAFileHasThem() throws {
    let curve = try Fixtures.curve("paper-cheng2020-checkerboard-6M_mse", .msSSIM)
    #expect(curve.points.count == 6)
  }

  @Test func aMissingQualityIsAnError() throws {
    #expect(throws: BjontegaardError.differentCounts(curve: "elic2022", rates: 6, qualities: 0)) {
      try Fixtures.curve("paper-elic2022_mse", .msSSIM)
    }
  }

  @Test func pointsWithoutAValueAreLeftOut() throws {
    #expect(try Samples.nulls.publishedCurve.curve(.psnr).points.isEmpty)
    #expect(try Samples.full.publishedCurve.curve(.psnr).points.count == 2)
  }
}
