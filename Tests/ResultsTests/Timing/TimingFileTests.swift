import Foundation
import Results
import SafeFiles
import Testing

@Suite struct TimingFileTests {
  /// A file with everything present and one with every null there is.
  static let full = file(full: true)
  static let empty = file(full: false)

  private static func file(full: Bool) -> TimingFile {
    var session = TimingSession()
    session.busyBefore = full ? 0.5 : nil
    if full { session.finish() }
    var point = TimingPoint(variant: "fp", what: "stages", width: 64, height: 32, batchSize: 2, threads: 1)
    if full {
      point.outcome = .measured
      point.end = .repetitions
      (point.rounds, point.sessions) = (Array(0..<6), Array(repeating: 0, count: 6))
      point.encoding = TimingSeries(
        samples: [1, 1, 1, 1, 1, 2], stages: [("analysis", [0.9, 0.9, 0.9, 0.9, 0.9, 1]), ("entropy_coding", [0, 0, 0, 0, 0, 0])])
      point.decoding = TimingSeries(samples: [1, 2, 3, 4, 5, 6])
      (point.encodingStart, point.decodingStart) = (TimingSeries(samples: [0.1]), TimingSeries(samples: [0.1]))
      (point.bitsPerPixel, point.peakMemoryBytes, point.memoryBeforeBytes) = (0.5, 1 << 28, 1 << 27)
      (point.encodingMultiplyAccumulates, point.decodingMultiplyAccumulates) = (10, 20)
    } else {
      (point.outcome, point.reason) = (.outOfMemory, "it wanted too much")
    }
    let variant = TimingVariant(
      name: "fp", classPath: "models.FactorizedPrior", settings: .object(["channels": .integer(4)]), group: full ? "N = 4" : nil,
      parameterCount: full ? 12 : nil, weights: full ? "random, seed 0" : nil,
      weightsSHA256: full ? String(repeating: "0a", count: 32) : nil, versions: full ? ["cwebp": "1.2"] : [:])
    return TimingFile(
      measurement: "latency",
      procedure: TimingProcedure(
        what: "stages", pictures: "random", repetitions: 6, warmUp: 1, untilStable: full ? 0.02 : nil, budget: full ? 10 : nil,
        timeLimit: 60, memoryLimit: full ? 1 << 30 : nil, order: "in turn", clock: "monotonic"),
      environment: Samples.environment, sessions: [session], variants: [variant], points: [point])
  }

  @Test(arguments: [full, empty])
  func itFollowsItsSchema(_ file: TimingFile) throws {
    let bytes = try FileBytes.read(Fixtures.repository + "Schemas/benchpresso.timing-1.schema.json")
    let schema = SchemaValidator(root: try JSONDecoder().decode(JSONValue.self, from: Data(bytes)))
    #expect(schema.problems(with: try JSONValue(encoding: file)) == [])
  }

  @Test(arguments: [full, empty])
  func itIsReadAsItWasWritten(_ file: TimingFile) throws {
    #expect(try TimingFile(json: file.json(name: "t.json"), name: "t.json") == file)
  }

  @Test func anotherFileIsRefused() {
    #expect(throws: ResultsError.wrongSchema(file: "t.json", found: "x/1")) {
      _ = try TimingFile(json: [UInt8](#"{"schema": "x/1"}"#.utf8), name: "t.json")
    }
    #expect(throws: ResultsError.self) { _ = try TimingFile(json: [UInt8]("{}".utf8), name: "t.json") }
  }

  @Test func warningsNameWhatIsDoubtful() {
    let warnings = Self.full.warnings.joined(separator: "\n")
    #expect(warnings.contains("session 0: the machine was busy before measuring began (50.0 % of its processors)"))
    #expect(warnings.contains("fp, 64×32, batch 2: the stages of encoding add up to 90.0 % of the whole"))
    #expect(warnings.contains("fp, 64×32, batch 2: decoding spreads widely: p95 is 64.3 % above the median"))
    #expect(Self.empty.warnings.isEmpty)
  }
}
