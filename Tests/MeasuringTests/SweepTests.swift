import Foundation
import Results
import Testing

@testable import Measuring

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/sh")))
struct SweepTests {
  private let folder: TestFolder
  private let fake: FakeProcess
  private var plan = MeasuringPlan()
  private static let cell = MeasuringCell(what: .codec, width: 8, height: 4, batchSize: 2, pictures: .random(seed: 1))

  init() throws {
    folder = try TestFolder()
    fake = FakeProcess(folder: folder)
    (plan.repetitions, plan.warmUp) = (4, 0)
    plan.bounds = MeasuringChild.Bounds(timeLimit: 60)
  }

  private func run(
    _ variants: [MeasuringVariant], cells: [MeasuringCell] = [Self.cell], session: Int = 0, _ plan: MeasuringPlan? = nil,
    shouldStop: @escaping () -> Bool = { false }
  ) throws -> Sweep.Report {
    var journal = try MeasuringJournal("\(folder.path)/journal.jsonl")
    let sweep = Sweep(variants: variants, cells: cells, plan: plan ?? self.plan, process: fake.process, shouldStop: shouldStop)
    return try sweep.run(journal: &journal, session: session)
  }

  @Test func repetitionsTakeTurns() throws {
    let report = try run([FakeProcess.variant("a"), FakeProcess.variant("b"), FakeProcess.variant("c")])
    #expect(fake.calls == (0..<4).flatMap { round in ["a \(round)", "b \(round)", "c \(round)"] })
    #expect(report.points.map(\.variant) == ["a", "b", "c"] && !report.isStopped && report.kept == 0)
    for point in report.points {
      #expect(point.outcome == .measured && point.end == .repetitions && point.rounds == [0, 1, 2, 3] && point.threads == 3)
      #expect(point.encoding?.samples == [0.25, 0.25, 0.25, 0.25] && point.decoding?.summary.median == 0.5)
      #expect(point.encoding?.stages.first?.samples == [0.2, 0.2, 0.2, 0.2] && abs((point.encoding?.stageShare ?? 0) - 0.8) < 1e-12)
      #expect(point.bitsPerPixel == 1 && point.peakMemoryBytes == 2000 && point.memoryBeforeBytes == 1000)
      #expect(point.imagesPerSecond(.decoding) == 4)
    }
  }

  @Test func theWarmUpIsInNoSample() throws {
    var plan = plan
    plan.warmUp = 2
    let report = try run([FakeProcess.variant("a"), FakeProcess.variant("b")], plan)
    #expect(Array(fake.calls.prefix(6)) == ["a 0", "a 1", "b 0", "b 1", "a 0", "b 0"])
    #expect(report.points.map(\.rounds.count) == [4, 4])
  }

  @Test(arguments: [
    ("crash", TimingPoint.Outcome.crashed, "was ended by signal 9"), ("error", .failed, "it is too grey"),
    ("memory", .outOfMemory, "it wanted too much"), ("hang", .timeLimit, "took longer than 2.0 seconds"),
  ])
  func onePointFailsAndTheOthersGoOn(_ what: String, _ outcome: TimingPoint.Outcome, _ reason: String) throws {
    var plan = plan
    plan.bounds.timeLimit = what == "hang" ? 2 : 60
    let report = try run([FakeProcess.variant("bad", doing: what), FakeProcess.variant("good")], plan)
    let (bad, good) = (try #require(report.points.first), try #require(report.points.last))
    #expect(bad.outcome == outcome && bad.rounds == [0, 1], "\(bad)")
    #expect(bad.reason?.contains(reason) == true, "\(bad.reason ?? "")")
    #expect(good.outcome == .measured && good.rounds == [0, 1, 2, 3])
    // Without --retry it is left alone, with it measured on; the third call of all has passed.
    let again = try run([FakeProcess.variant("bad", doing: what), FakeProcess.variant("good")], session: 1, plan)
    #expect(again.kept == 2 && again.points.first?.outcome == outcome)
    plan.retriesFailures = true
    let retried = try run([FakeProcess.variant("bad", doing: what), FakeProcess.variant("good")], session: 2, plan)
    #expect(retried.points.first?.outcome == .measured && retried.points.first?.sessions == [0, 0, 2, 2])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/dd") && FileManager.default.fileExists(atPath: "/proc/self/statm")))
  func aProcessThatGrowsBeyondTheLimitIsEnded() throws {
    var plan = plan
    plan.bounds.memoryLimit = 100 << 20
    let report = try run([FakeProcess.variant("big", doing: "grow"), FakeProcess.variant("good")], plan)
    #expect(report.points.map(\.outcome) == [.outOfMemory, .measured])
    #expect(report.points[0].reason?.contains("more than the limit of 104857600") == true, "\(report.points[0].reason ?? "")")
  }

  @Test func anAnswerThatIsNoneIsAnError() throws {
    #expect(throws: MeasuringError.answer("hello")) { _ = try run([FakeProcess.variant("a", doing: "talk")]) }
  }

  @Test func aStoppedSweepGoesOnWhereItWas() throws {
    let variants = [FakeProcess.variant("a"), FakeProcess.variant("b")]
    let stopped = try run(variants) { fake.calls.count >= 5 }
    #expect(stopped.isStopped)
    #expect(stopped.points.map(\.outcome) == [.stopped, .stopped] && stopped.points.map(\.rounds) == [[0, 1, 2], [0, 1]])
    let done = try run(variants, session: 1)
    #expect(!done.isStopped && done.points.map(\.outcome) == [.measured, .measured])
    // No round is used twice, so that pairs stay pairs.
    #expect(done.points.map(\.rounds) == [[0, 1, 2, 3], [0, 1, 3, 4]])
    #expect(done.points.map(\.sessions) == [[0, 0, 0, 1], [0, 0, 1, 1]])
    let count = fake.calls.count
    #expect(try run(variants, session: 2).kept == 2)
    #expect(fake.calls.count == count)
  }

  @Test func moreRepetitionsAreAdded() throws {
    _ = try run([FakeProcess.variant("a")])
    var plan = plan
    plan.repetitions = 6
    #expect(try run([FakeProcess.variant("a")], session: 1, plan).points[0].rounds == [0, 1, 2, 3, 4, 5])
  }

  @Test func aCutJournalIsReadAsFarAsItGoes() throws {
    let cells = [Self.cell, MeasuringCell(what: .codec, width: 16, height: 4, batchSize: 2, pictures: .random(seed: 1))]
    _ = try run([FakeProcess.variant("a")], cells: cells)
    let path = "\(folder.path)/journal.jsonl"
    try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(20).write(to: URL(fileURLWithPath: path))
    let count = fake.calls.count
    #expect(try run([FakeProcess.variant("a")], cells: cells, session: 1).kept == 1)
    #expect(fake.calls.count == count + 4)
    #expect(try MeasuringJournal(path).points.count == 2)
  }

  @Test func aBudgetEndsAPoint() throws {
    var plan = plan
    (plan.repetitions, plan.warmUp, plan.budget) = (1000, 50, 1e-9)
    let report = try run([FakeProcess.variant("a")], plan)
    // One warm-up and one repetition are made in any case.
    #expect(fake.calls.count == 2 && report.points[0].end == .budget && report.points[0].outcome == .measured)
  }

  @Test func aPointGoesOnUntilItIsStable() throws {
    var plan = plan
    (plan.repetitions, plan.untilStable) = (2, 0.02)
    // All samples are equal: the first six give an interval, of no width.
    #expect(try run([FakeProcess.variant("a")], plan).points[0].rounds.count == 6)
    plan.mostRepetitions = 3
    let short = try run([FakeProcess.variant("b")], plan).points[0]
    #expect(short.rounds.count == 3 && short.end == .unstable)
  }

  @Test func whatCannotBeOpenedIsToldFirst() throws {
    let sweep = Sweep(variants: [FakeProcess.variant("x", doing: "unopened")], cells: [Self.cell], plan: plan, process: fake.process)
    let error = #expect(throws: MeasuringError.self) { _ = try sweep.facts() }
    #expect(error?.description == "'x' cannot be measured: it cannot be made")
  }

  @Test func whatAPointDependsOnIsInItsKey() throws {
    let key = try FakeProcess.variant("a").key(Self.cell)
    var other = Self.cell
    other.threads = 2
    var later = FakeProcess.variant("a")
    later.context = "another version"
    let keys = [try FakeProcess.variant("b").key(Self.cell), try FakeProcess.variant("a").key(other), try later.key(Self.cell)]
    #expect(!keys.contains(key) && Set(keys).count == 3)
    #expect(try FakeProcess.variant("a").key(Self.cell) == key)
  }
}
