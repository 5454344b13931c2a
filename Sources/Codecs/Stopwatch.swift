/// The seconds of a monotonic clock since a start.
package struct Stopwatch {
  private let start = ContinuousClock.now

  /// Starts the clock.
  package init() {}

  /// The seconds since the start.
  package var seconds: Double {
    let duration = start.duration(to: .now).components
    return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
  }
}
