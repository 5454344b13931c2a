import Images
import Reporting
import Results
import Testing

@testable import Measuring

struct ScalingTests {
  private func point(_ variant: String, _ side: Int, threads: Int = 1, seconds: Double, peak: Int?) -> TimingPoint {
    var point = TimingPoint(variant: variant, what: "codec", width: side, height: side, batchSize: 1, threads: threads)
    guard let peak else {
      (point.outcome, point.reason) = (.outOfMemory, "it wanted too much")
      return point
    }
    (point.encoding, point.decoding) = (TimingSeries(samples: [seconds]), TimingSeries(samples: [2 * seconds]))
    (point.outcome, point.peakMemoryBytes, point.memoryBeforeBytes) = (.measured, peak, 1000)
    point.rounds = [0]
    return point
  }

  @Test func numbersForEachPixel() {
    let points = [
      point("a", 1000, seconds: 3, peak: 101_001_000), point("b", 1000, seconds: 4, peak: 5_001_000),
      point("a", 2000, seconds: 8, peak: 401_001_000), point("b", 2000, seconds: 16, peak: 11_001_000),
      point("a", 3000, seconds: 1, peak: nil), point("b", 3000, seconds: 9, peak: 16_001_000),
    ]
    let rows = ScalingRow.all(points)
    #expect(rows.map(\.megapixels) == [1, 1, 4, 4, 9, 9])
    #expect(rows.map { $0.secondsPerMegapixel(.encoding) } == [3, 4, 2, 4, nil, 1])
    #expect(rows.map { $0.secondsPerMegapixel(.decoding) } == [6, 8, 4, 8, nil, 2])
    #expect(rows.map(\.memoryPerPixel) == [101, 5, 100.25, 2.75, nil, 16.0 / 9])
    #expect(rows.map(\.growthPerPixel) == [nil, nil, 100, 2, nil, 1])
  }

  /// Threads are compared at the largest size that all numbers of threads have.
  @Test func reports() throws {
    let points = [
      point("a", 1000, seconds: 3, peak: 101_001_000), point("a", 1000, threads: 2, seconds: 2, peak: 101_001_000),
      point("a", 2000, seconds: 8, peak: 401_001_000), point("a", 2000, threads: 2, seconds: 5, peak: nil),
    ]
    let procedure = TimingProcedure(
      what: "codec", pictures: "none", repetitions: 1, warmUp: 0, untilStable: nil, budget: nil, timeLimit: 1, memoryLimit: nil,
      order: "none",
      clock: "none")
    let file = TimingFile(
      measurement: "scaling", procedure: procedure, environment: Environment(benchpressoVersion: "0", threads: 1), sessions: [],
      variants: [TimingVariant(name: "a", classPath: "m", settings: .null)], points: points)
    let report = ScalingReport(file)
    let lines = report.csv.split(whereSeparator: \.isNewline)
    #expect(lines.count == 5 && lines[1].hasPrefix("a,1000,1000,1.0,1,1,3.0,6.0,101001000,1000,101.0,,"))
    #expect(lines[4].hasSuffix("out_of_memory,it wanted too much"))
    let table = report.table.text(.plain)
    #expect(table.contains("out_of_memory") && table.contains("100.2") && table.contains("4.00"))
    let plots = report.plots
    guard plots.count == 3, case .lines("scaling_threads", let threads) = plots[2], case .lines("scaling_memory", let memory) = plots[1]
    else {
      Issue.record("there must be three plots: \(plots.count)")
      return
    }
    #expect(threads.rows[0][0].series.map(\.name) == ["a, 1.0 megapixels"])
    #expect(threads.rows[0][0].series[0].points.map(\.x) == [1, 2] && threads.rows[0][0].series[0].points.map(\.y) == [3, 2])
    #expect(memory.rows[0][0].series.map(\.name) == ["a, 1 thread", "a, 2 threads"])
    #expect(memory.rows[0][0].series[0].points.map(\.y) == [101, 100.25])
  }

  /// Two photographs of 3×2 pixels in 8×5: mirrored at every border that they share.
  @Test func mosaicsMirrorTheirParts() {
    let photographs = (0..<2).map { number in
      Image(width: 3, height: 2, pixels: (0..<18).map { UInt8(number * 100 + $0) })
    }
    let picture = Mosaic.picture(width: 8, height: 5, count: 2) { photographs[$0] }
    func sample(_ x: Int, _ y: Int) -> UInt8 { picture.pixels[(y * 8 + x) * 3] }
    #expect((0..<8).map { sample($0, 0) } == [0, 3, 6, 106, 103, 100, 0, 3])
    #expect((0..<8).map { sample($0, 1) } == [9, 12, 15, 115, 112, 109, 9, 12])
    // The second row of places begins with the second photograph, since three places make a row.
    #expect((0..<8).map { sample($0, 2) } == [109, 112, 115, 15, 12, 9, 109, 112])
    #expect((0..<8).map { sample($0, 4) } == [0, 3, 6, 106, 103, 100, 0, 3])
  }
}
