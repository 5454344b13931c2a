/// How fast a training goes, as a running mean that forgets the distant past.
struct Pace {
  private var last = ContinuousClock.now
  private var secondsPerStep: Double?
  private var secondsPerPicture: Double?

  mutating func add(pictures: Int) {
    let now = ContinuousClock.now
    let seconds = (now - last) / .seconds(1)
    last = now
    secondsPerStep = Self.mean(secondsPerStep, seconds)
    secondsPerPicture = Self.mean(secondsPerPicture, seconds / Double(max(pictures, 1)))
  }

  /// Leaves out the time since the last step, as for a validation.
  mutating func pause() { last = .now }

  var picturesPerSecond: Double { secondsPerPicture.map { 1 / max($0, 1e-9) } ?? 0 }

  var stepsPerSecond: Double { secondsPerStep.map { 1 / max($0, 1e-9) } ?? 0 }

  func secondsLeft(steps: Int) -> Double? { secondsPerStep.map { $0 * Double(steps) } }

  private static func mean(_ old: Double?, _ new: Double) -> Double { old.map { 0.95 * $0 + 0.05 * new } ?? new }
}
