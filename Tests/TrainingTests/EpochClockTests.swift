import Testing
import Training

struct EpochClockTests {
  @Test func stepsTakeBatchesAndTheLastOfAnEpochWhatIsLeft() {
    let clock = EpochClock(batches: 8, accumulation: 3)
    #expect(clock.steps == 3)
    #expect((0..<7).map { clock.firstBatch(after: $0) } == [0, 3, 6, 8, 11, 14, 16])
    #expect((0..<6).map { clock.batchCount(after: $0) } == [3, 3, 2, 3, 3, 2])
    #expect((0...6).map { clock.epoch(of: $0) } == [0, 0, 0, 0, 1, 1, 1])
    #expect((1...6).map { clock.stepInEpoch(of: $0) } == [1, 2, 3, 1, 2, 3])
    #expect((0...6).map { clock.endsEpoch($0) } == [false, false, false, true, false, false, true])
  }

  /// Lightning's order of training batches (t) and validations (v), for 8 batches an epoch; it also validates at the end here.
  @Test(arguments: [
    (BatchCount.count(4), Int?.none, 16, "4t1v4t1v4t1v4t1v"), (.share(0.25), nil, 8, "2t1v2t1v2t1v2t1v"), (.all, nil, 16, "8t1v8t1v"),
    (.count(20), nil, 45, "20t1v20t1v5t1v"), (.count(5000), 3, 24, "24t1v"), (.count(4), 1, 16, "4t1v4t1v4t1v4t1v"),
    (.count(3), 2, 16, "11t1v3t1v2t1v"), (.count(0), nil, 10, "10t1v"), (.share(0.5), 2, 16, "12t1v4t1v"),
    (.count(1), nil, 3, "1t1v1t1v1t1v"),
  ])
  func rhythm(interval: BatchCount, everyNEpoch: Int?, steps: Int, expected: String) {
    let rhythm = ValidationRhythm(clock: EpochClock(batches: 8), interval: interval, everyNEpoch: everyNEpoch)
    var (text, count) = ("", 0)
    for step in 1...steps {
      count += 1
      if rhythm.isDue(step) || step == steps { (text, count) = (text + "\(count)t1v", 0) }
    }
    #expect(text == expected)
  }
}
