import Reporting
import Results
import Testing

@testable import Measuring

@Suite struct TimingReportsTests {
  private static func file(batches: [Int] = [1], stages: Bool = false) -> TimingFile {
    let variants = [("fp_a", "N = 4", "fp_a"), ("fp_b", "N = 4", "fp_b"), ("fp_a_large", "N = 8", "fp_a")].map { name, group, family in
      TimingVariant(name: name, classPath: "models.FactorizedPrior", settings: .null, group: group, family: family)
    }
    let points = variants.enumerated().flatMap { index, variant in
      [64, 128].flatMap { side in
        batches.map { batch in
          var point = TimingPoint(variant: variant.name, what: "codec", width: side, height: side, batchSize: batch, threads: 1)
          let samples = (0..<8).map { Double(side * batch) * 1e-3 * (1 + Double(index)) * (1 + Double($0) * 0.01) }
          (point.outcome, point.end, point.rounds, point.sessions) = (.measured, .repetitions, Array(0..<8), Array(repeating: 0, count: 8))
          let parts = stages ? [("analysis", samples.map { $0 * 0.75 }), ("entropy_coding", samples.map { $0 * 0.25 })] : []
          (point.encoding, point.decoding) = (TimingSeries(samples: samples, stages: parts), TimingSeries(samples: samples))
          return point
        }
      }
    }
    let procedure = TimingProcedure(
      what: "codec", pictures: "random", repetitions: 8, warmUp: 0, untilStable: nil, budget: nil, timeLimit: 1, memoryLimit: nil,
      order: "in turn", clock: "monotonic")
    let environment = Environment(benchpressoVersion: "1", operatingSystem: "a system", cpuModel: "a processor", threads: 1)
    return TimingFile(
      measurement: "latency", procedure: procedure, environment: environment, sessions: [], variants: variants, points: points)
  }

  private func svgs(_ file: TimingFile) -> [String: String] {
    let pairs = TimingPlots(file).all.map { plot in
      switch plot {
      case .lines(let name, let plot): (name, plot.svg())
      case .bars(let name, let plot): (name, plot.svg())
      }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  @Test func latencyHasAColumnForEachSizeOfNetwork() throws {
    let svg = try #require(svgs(Self.file())["latency"])
    for text in ["Encoding, N = 4", "Encoding, N = 8", "Decoding, N = 4", "Decoding, N = 8", ">fp_a<", ">fp_b<", "milliseconds", ">128<"] {
      #expect(svg.contains(text), "\(text)")
    }
    // The large one has the line and the name of its family.
    #expect(!svg.contains("fp_a_large"))
  }

  @Test func throughputHasAPictureForEachFamily() throws {
    let plots = svgs(Self.file(batches: [1, 2, 4]))
    #expect(Set(plots.keys) == ["throughput_fp_a", "throughput_fp_b"])
    let svg = try #require(plots["throughput_fp_a"])
    for text in ["64×64", "128×128", "pictures in a batch", "Encoding, N = 8"] { #expect(svg.contains(text), "\(text)") }
  }

  @Test func stagesAreBars() throws {
    let svg = try #require(svgs(Self.file(stages: true))["stages"])
    for text in ["analysis", "entropy coding", "Encoding, 64×64", "Decoding, 128×128"] { #expect(svg.contains(text), "\(text)") }
  }

  @Test func theTableStatesTheIntervals() {
    let text = TimingTables.points(Self.file(), throughput: false).text(.csv)
    #expect(text.hasPrefix("variant,size,batch,n,enc. [ms],95 %,p5–p95,dec. [ms]"))
    #expect(text.contains("fp_a,64×64,1,8,66.24,64.00–68.48"), "\(text)")
    let throughput = TimingTables.points(Self.file(batches: [2]), throughput: true).text(.csv)
    // Two pictures in 0.128 to 0.137 s.
    #expect(throughput.contains("fp_a,64×64,2,8,15.10,14.60–15.62"), "\(throughput)")
  }

  @Test func theCSVHasEveryRepetition() {
    let lines = TimingCSV.samples(Self.file(stages: true)).split(separator: "\n")
    #expect(lines.count == 1 + 3 * 2 * 2 * 8)
    #expect(lines[0].hasSuffix("direction,seconds,analysis,entropy_coding"))
    #expect(TimingCSV.points(Self.file()).split(separator: "\n").count == 1 + 3 * 2 * 2)
  }

  @Test func theOrderingComparesWithinASize() {
    let rows = TimingOrdering.all(Self.file().comparisons)
    #expect(rows.map(\.sentence) == Array(repeating: "fp_a is faster than fp_b at all 2 sizes", count: 2))
  }
}
