import Results
import Testing

@Suite struct MetricLookupTests {
  @Test func furtherMeasuresAreAveraged() throws {
    let point = try #require(Samples.measured.points.first)
    #expect(point.metric("lpips_vgg") == 0.375)
    #expect(point.metric("psnr") == 30)
    #expect(point.images[1].metric("dists") == 0.125)
    #expect(point.metric("unheard") == nil)
  }

  @Test func anInfiniteValueBecomesNullAndTakesTheMeanWithIt() throws {
    let point = try #require(Samples.measured.points.first)
    #expect(point.metric("dists") == nil)
    #expect(point.images[0].notes == ["dists is null: it was computed as inf"])
    #expect(point.notes == ["dists is null: 1 of 2 images have no value ('a.png'); see their notes"])
  }

  @Test func theFileComesBackAsItWas() throws {
    #expect(try ResultsFile(json: Samples.measured.json(), name: "x") == Samples.measured)
  }

  @Test func filesWithoutFurtherMeasuresHaveNoKeyForThem() throws {
    #expect(!String(decoding: try Samples.full.json(), as: UTF8.self).contains("\"metrics\""))
  }

  @Test func eachHasAColumn() {
    let lines = ResultsCSV.images(of: [Samples.measured]).split(separator: "\n")
    #expect(lines[0].contains(",ms_ssim_db,dists,lpips_vgg,encoding_time,"))
    #expect(lines[2].contains(",0.125,0.5,,,"))
    #expect(ResultsCSV.points(of: [Samples.measured]).contains("ms_ssim_db_mean,dists,lpips_vgg,encoding_time"))
  }
}
