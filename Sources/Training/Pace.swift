/// How fast a training goes, as a running mean that forgets the distant past, and how long it waits for pictures.
struct Pace {
  private var last = ContinuousClock.now
  private var secondsPerStep: Double?
  private var secondsPerPicture: Double?
  private var waited = 0.0
  private var waitedOfStep = 0.0
  private var total = 0.0

  mutating func add(pictures: Int) {
    let now = ContinuousClock.now
    let seconds = (now - last) / .seconds(1)
    last = now
    // The first step also starts libtorch and the loader, which would count for long.
    if secondsPerStep != nil { (total, waited) = (total + seconds, waited + waitedOfStep) }
    waitedOfStep = 0
    secondsPerStep = Self.mean(secondsPerStep, seconds)
    secondsPerPicture = Self.mean(secondsPerPicture, seconds / Double(max(pictures, 1)))
  }

  /// Returns what `body` does and counts its time as waiting.
  mutating func waiting<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    defer { waitedOfStep += (ContinuousClock.now - start) / .seconds(1) }
    return try body()
  }

  /// Leaves out the time since the last step, as for a validation.
  mutating func pause() { last = .now }

  var picturesPerSecond: Double { secondsPerPicture.map { 1 / max($0, 1e-9) } ?? 0 }

  func report(stepsLeft: Int?) -> StepPace {
    StepPace(
      stepsPerSecond: secondsPerStep.map { 1 / max($0, 1e-9) } ?? 0, imagesPerSecond: picturesPerSecond,
      secondsLeft: stepsLeft.flatMap { steps in secondsPerStep.map { $0 * Double(steps) } },
      waitingShare: total > 0 ? waited / total : 0)
  }

  /// What to say of the waiting; nil where it is short.
  var remark: String? {
    guard waited > 10, waited > 0.05 * total else { return nil }
    return
      "\(Int((100 * waited / total).rounded())) % of the time went into waiting for pictures; raise data.num_workers, or decode them once "
      + "with 'benchpresso data pack'"
  }

  private static func mean(_ old: Double?, _ new: Double) -> Double { old.map { 0.95 * $0 + 0.05 * new } ?? new }
}
