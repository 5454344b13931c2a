/// When a line of progress is due: several a second on a terminal, where one replaces the other; every half minute in a file that keeps them all.
final class ProgressRhythm {
  private let interval: Duration
  private var last: ContinuousClock.Instant?

  init(isTerminal: Bool) { interval = isTerminal ? .milliseconds(100) : .seconds(30) }

  /// Whether a line is due, which then counts as shown; the first and the last one always are.
  func isDue(isLast: Bool) -> Bool {
    let now = ContinuousClock.now
    if let last, now - last < interval, !isLast { return false }
    last = now
    return true
  }
}
