import Results
import Testing

@Suite struct CurveComparisonTests {
  private func published(_ name: String) throws -> MeasuredCurve { try #require(try CurveLibrary.entry(name)).curve }

  /// A curve with images: rates scaled by a factor for each, the same for all points.
  private func curve(_ name: String, factors: [Double], images: [String]? = nil, points: Int = 5) throws -> MeasuredCurve {
    let names = images ?? factors.indices.map { "i\($0).png" }
    let rates = (0..<points).map { 0.125 * Double(1 << $0) }
    let bytes = rates.map { rate in "{\"bytes\":\(factors.map { Int(rate * $0 * 8000) }),\"psnr\":\(factors.map { _ in 28.0 + 3 * rate })}"
    }
    let mean = factors.reduce(0, +) / Double(factors.count)
    let json = """
      {"name":"\(name)","rate":"file","pixels":64000,"images":\(names),"points":[\(bytes.joined(separator: ","))],
       "results":{"bpp":\(rates.map { $0 * mean }),"psnr-rgb":\(rates.map { 28 + 3 * $0 })}}
      """
    return try MeasuredCurve(json: Array(json.utf8), place: "\(name).json")
  }

  @Test func imagesGiveAnInterval() throws {
    let anchor = try curve("anchor", factors: [1, 1, 1, 1, 1, 1])
    let test = try curve("test", factors: [0.5, 0.6, 0.7, 0.8, 0.9, 1.2])
    let row = CurveComparison(test, against: anchor)
    let rate = try #require(row.rate)
    let interval = try #require(row.interval)
    #expect(abs(rate + 100 * (1 - 4.7 / 6)) < 0.01)
    #expect(interval.contains(rate) && interval.lowerBound > -42 && interval.upperBound < 5, "\(interval)")
    #expect(row.imagesBetter == 5 && row.images.count == 6)
    #expect(abs(try #require(row.meanRate) - rate) < 0.1)
    #expect(row.rateKey == "bpp_file" && row.warnings.isEmpty && row.overlap == 1)
    #expect(CurveComparison(test, against: anchor) == row)
    var options = CurveComparison.Options()
    options.draws = 30
    let few = (0..<5).map { seed in
      options.seed = seed
      return CurveComparison(test, against: anchor, options).interval
    }
    #expect(few.contains { $0 != few[0] }, "\(few)")
  }

  @Test func anEqualFactorGivesAnIntervalWithoutWidth() throws {
    let row = CurveComparison(try curve("half", factors: [0.5, 0.5, 0.5]), against: try curve("anchor", factors: [1, 1, 1]))
    let interval = try #require(row.interval)
    #expect(abs(interval.lowerBound + 50) < 0.01 && abs(interval.upperBound + 50) < 0.01)
  }

  @Test func imagesArePairedByName() throws {
    let anchor = try curve("anchor", factors: [1, 2, 4], images: ["a.png", "b.png", "c.png"])
    let test = try curve("test", factors: [3, 1], images: ["c.webp", "d.webp"])
    let row = CurveComparison(test, against: anchor)
    #expect(abs(try #require(row.rate) + 25) < 0.01)
    #expect(row.images.map(\.name) == ["c"] && row.interval == nil)
    #expect(row.warnings.contains { $0.contains("only 'test' has 1 of the images (d)") })
    #expect(row.warnings.contains { $0.contains("only 'anchor' has 2 of the images (a, b)") })
  }

  @Test func theAnchorOfAllQuantisersIsThePublishedOne() throws {
    let row = CurveComparison(try published("kodak/bpg_444"), against: try published("kodak/bpg_444_x265_ycbcr"))
    #expect(abs(try #require(row.rate)) < 1.5)
    let same = CurveComparison(try published("kodak/bpg_444"), against: try published("kodak/bpg_444"))
    #expect(same.rate == 0 && same.interval == 0...0 && same.images.count == 24 && same.imagesBetter == 0)
  }

  @Test func ratesOfDifferentKindsAreWarnedOf() throws {
    let row = CurveComparison(try published("kodak/compressai-mbt2018-mean_mse_cuda"), against: try published("kodak/bpg_444"))
    #expect(row.rateKey == "bpp" && row.warnings.contains { $0.contains("payload without headers") && $0.contains("whole files") })
  }

  @Test func smallerDistancesAreBetter() throws {
    var options = CurveComparison.Options()
    options.metric = ComparisonMetric("lpips_vgg")
    let row = CurveComparison(try published("thesis/msh_gsdn"), against: try published("thesis/fp_gsdn"), options)
    #expect(try #require(row.rate) < 0)
    #expect(try #require(row.quality) < 0)
  }

  @Test func aMeasureThatIsNotThereIsNamed() throws {
    var options = CurveComparison.Options()
    options.metric = ComparisonMetric("dists")
    let row = CurveComparison(try published("thesis/msh_gsdn"), against: try published("thesis/fp_gsdn"), options)
    #expect(row.problem == "'msh_gsdn' has no 'dists'; it has lpips_vgg, ms_ssim_db, psnr: choose one of these, or measure it")
  }

  @Test func littleOverlapIsWarnedOf() throws {
    let short = try MeasuredCurve(json: Array(#"{"name":"s","results":{"bpp":[1,2,4],"psnr-rgb":[30,32,34]}}"#.utf8), place: "s")
    let high = try MeasuredCurve(json: Array(#"{"name":"h","results":{"bpp":[3,6],"psnr-rgb":[33,36]}}"#.utf8), place: "h")
    let row = CurveComparison(short, against: high)
    #expect(row.overlap == 0.25 && row.warnings.contains { $0.contains("only 25 %") })
    let far = try MeasuredCurve(json: Array(#"{"name":"f","results":{"bpp":[3,6],"psnr-rgb":[40,46]}}"#.utf8), place: "f")
    let none = CurveComparison(short, against: far)
    #expect(none.rate == nil)
    #expect(try #require(none.problem).contains("have no range in common; measure further rate points"))
  }

  @Test func gates() throws {
    let row = CurveComparison(try curve("half", factors: [0.5, 0.5]), against: try curve("anchor", factors: [1, 1]))
    #expect(try #require(ComparisonGate("bd_rate<=1.0")).failure(row) == nil)
    #expect(
      try #require(ComparisonGate("bd_rate < -60")).failure(row)?.hasPrefix("gate 'bd_rate<-60.0' is not met: bd_rate of 'half' is -5")
        == true)
    for text in ["bd_rate", "bd_rat<=1", "bd_rate<=x", "bd_rate<=nan", ""] { #expect(ComparisonGate(text) == nil, "\(text)") }
  }

  @Test func everyPublishedCurveHasAnOrigin() throws {
    let entries = try CurveLibrary.entries()
    #expect(Set(entries.map(\.id)).count == entries.count && entries.count > 100)
    for entry in entries { #expect(!entry.source.isEmpty && !entry.licence.isEmpty && !entry.dataset.isEmpty, "\(entry.id)") }
    #expect(entries.allSatisfy { !($0.id.contains("ms-ssim") && $0.id.hasSuffix("_8bit")) })
  }
}
