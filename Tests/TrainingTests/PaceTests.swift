import Testing

@testable import Training

struct PaceTests {
  private func busy(_ milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {}
  }

  /// The share of waiting leaves out the first step, where everything is started.
  @Test func waitingIsAShareOfTheTimeAfterTheFirstStep() {
    var pace = Pace()
    pace.waiting { busy(30) }
    pace.add(pictures: 1)
    #expect(pace.report(stepsLeft: 1).waitingShare == 0)
    for _ in 0..<3 {
      pace.waiting { busy(20) }
      busy(20)
      pace.add(pictures: 1)
    }
    let report = pace.report(stepsLeft: 2)
    #expect(report.waitingShare > 0.05 && report.waitingShare < 0.95, "\(report)")
    #expect(report.secondsLeft.map { $0 > 0 } == true)
    #expect(pace.remark == nil, "a few milliseconds are not worth a word")
  }

  @Test func noWaitingIsNoShare() {
    var pace = Pace()
    for _ in 0..<3 {
      busy(2)
      pace.add(pictures: 1)
    }
    #expect(pace.report(stepsLeft: nil).waitingShare == 0)
  }
}
