import Reporting
import Results
import SafeFiles
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct RatePlotTests {
  static let plot = RatePlot(
    title: "A & B", rateLabel: "bpp", qualityLabel: "dB",
    series: [
      .init(name: "first", points: [.init(rate: 0.1, quality: 28), .init(rate: 0.5, quality: 32), .init(rate: 1, quality: 36)]),
      .init(name: "one <point>", points: [.init(rate: 0.7, quality: 30)]),
    ])

  @Test func drawsEveryPointAndName() {
    let svg = Self.plot.svg()
    #expect(svg == Self.plot.svg())
    #expect(svg.contains(">A &amp; B</text>"))
    #expect(svg.contains(">one &lt;point&gt;</text>"))
    // Three points and the legend's; a line of three points and two in the legend.
    #expect(svg.ranges(of: "<circle").count == 4)
    #expect(svg.ranges(of: "<polyline").count == 3)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test func pointsThatAreNotFiniteAreLeftOut() {
    var plot = Self.plot
    plot.series = [
      .init(name: "x", points: [.init(rate: 1, quality: .infinity), .init(rate: .nan, quality: 3), .init(rate: 1, quality: 30)])
    ]
    #expect(plot.svg().ranges(of: "<circle").count == 2)
    #expect(!plot.svg().contains("nan"))
  }

  @Test func pointsBeyondTheHighestRateAreLeftOut() {
    var plot = Self.plot
    plot.highestRate = 0.5
    #expect(plot.svg().ranges(of: "<circle").count == 3)
  }

  @Test func aPlotWithoutCurvesIsAFrame() {
    #expect(RatePlot(title: "", rateLabel: "", qualityLabel: "", series: []).svg().contains("</svg>"))
  }

  @Test(arguments: RatePlot.Quality.allCases)
  func axesSayWhatWasMeasured(_ quality: RatePlot.Quality) {
    let svg = RatePlot(title: "t", quality: quality, curves: []).svg()
    #expect(svg.contains(quality.label))
    #expect(svg.contains("bits per pixel (payload, mean of the images)"))
  }

  @Test func writesTheSVGWhereTheConverterIsMissing() throws {
    let path = Self.temporaryPath("missing")
    defer { unlink("\(path).svg") }
    let written = try Self.plot.write(svg: "\(path).svg", png: "\(path).png", converter: "no-such-converter-\(getpid())")
    #expect(written.paths == ["\(path).svg"])
    #expect(written.notes.count == 1)
    #expect(written.notes.first?.contains("install librsvg2-bin") == true)
    #expect(try FileBytes.read("\(path).svg") == [UInt8](Self.plot.svg().utf8))
  }

  @Test func aConverterThatFailsLeavesNoPNG() throws {
    let path = Self.temporaryPath("fails")
    defer { unlink("\(path).svg") }
    let written = try Self.plot.write(svg: "\(path).svg", png: "\(path).png", converter: "false")
    #expect(written.notes == ["\(path).png was not written: 'false' ended with status 1; run it by hand on \(path).svg to see why"])
    #expect(throws: FileError.self) { try FileBytes.read("\(path).png") }
  }

  @Test func writesAPNGWhereTheConverterIsThere() throws {
    let path = Self.temporaryPath("png")
    defer {
      unlink("\(path).svg")
      unlink("\(path).png")
    }
    let written = try Self.plot.write(svg: "\(path).svg", png: "\(path).png")
    if written.notes.isEmpty {
      #expect(try FileBytes.read("\(path).png").prefix(4) == [0x89, 0x50, 0x4e, 0x47])
    } else {
      #expect(written.notes.first?.contains("rsvg-convert") == true)
    }
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    #expect(throws: FileError.self) { try Self.plot.write(svg: "nowhere/at/all.svg", png: nil) }
  }

  private static func temporaryPath(_ name: String) -> String {
    (getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir) + "/rate-plot-\(name)-\(getpid())"
  }
}
