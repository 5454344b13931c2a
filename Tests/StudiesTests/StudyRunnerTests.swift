import Foundation
import Studies
import Synchronization
import Testing

struct StudyRunnerTests {
  /// What happened, in its order.
  private final class Record: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
    func place(_ line: String) -> Int { all.firstIndex(of: line) ?? -1 }
  }

  private func run(
    _ units: [StudyUnit], jobs: Int = 1, failsFast: Bool = false, record: Record = Record(), stopAfter: Int = .max,
    outcome: @escaping @Sendable (StudyUnit) -> StudyRunner.Outcome = { _ in .done }
  ) -> StudyRunner.Report {
    var runner = StudyRunner(units: units, jobs: jobs)
    runner.failsFast = failsFast
    return runner.run(
      shouldStop: { record.all.count { $0.hasPrefix("end") } >= stopAfter }, tell: { _ in },
      execute: { unit in
        record.add("begin \(unit.name)")
        Thread.sleep(forTimeInterval: 0.03)
        let result = outcome(unit)
        record.add("end \(unit.name)")
        return result
      })
  }

  @Test(arguments: [1, 3]) func nothingBeginsBeforeWhatItNeeds(jobs: Int) {
    let record = Record()
    let units = [
      Sample.unit("t2", .test, needs: ["f2"]), Sample.unit("f2", needs: ["f1"]), Sample.unit("f1"), Sample.unit("t1", .test, needs: ["f1"]),
      Sample.unit("x", needs: ["done before"]),
    ]
    let report = run(units, jobs: jobs, record: record)
    #expect(Set(report.done) == ["t1", "t2", "f1", "f2", "x"] && report.left.isEmpty)
    #expect(record.place("end f1") < record.place("begin f2") && record.place("end f2") < record.place("begin t2"))
    #expect(record.place("end f1") < record.place("begin t1"))
  }

  @Test func severalRunAtTheSameTimeAndATimingAlone() {
    let record = Record()
    let report = run(
      [Sample.unit("a"), Sample.unit("b"), Sample.unit("t", .time), Sample.unit("c"), Sample.unit("d")], jobs: 2, record: record)
    #expect(report.done.count == 5)
    #expect(record.all.prefix(2).allSatisfy { $0.hasPrefix("begin") })
    let begin = record.place("begin t")
    #expect(record.all[begin + 1] == "end t", "\(record.all)")
    #expect(record.all[..<begin].count { $0.hasPrefix("begin") } == record.all[..<begin].count { $0.hasPrefix("end") })
  }

  @Test func aFailureStopsWhatNeedsItAndNothingElse() {
    let units = [
      Sample.unit("a"), Sample.unit("b", needs: ["a"]), Sample.unit("c", .test, needs: ["b"]), Sample.unit("d"),
      Sample.unit("e", needs: ["d"]),
    ]
    let report = run(units, jobs: 2) { $0.name == "a" ? .failed("no memory") : .done }
    #expect(report.failed == ["a": "no memory"] && report.blocked == ["b": "a", "c": "a"])
    #expect(Set(report.done) == ["d", "e"])
    let fast = run(units, failsFast: true) { $0.name == "a" ? .failed("no memory") : .done }
    #expect(fast.done.isEmpty && Set(fast.left).isSuperset(of: ["d", "e"]))
  }

  @Test func afterAStopNothingBegins() {
    let record = Record()
    let report = run((0..<6).map { Sample.unit("u\($0)") }, record: record, stopAfter: 2)
    #expect(report.done == ["u0", "u1"] && report.left == ["u2", "u3", "u4", "u5"])
    // What needs a unit that was stopped is stopped, too, not failed.
    let stopped = run([Sample.unit("a"), Sample.unit("b", needs: ["a"])]) { $0.name == "a" ? .stopped : .done }
    #expect(stopped.stopped == ["a", "b"] && stopped.failed.isEmpty)
  }
}
