/// The seconds of a monotonic clock since a start.
struct Stopwatch {
  private let start = ContinuousClock.now

  var seconds: Double {
    let duration = start.duration(to: .now).components
    return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
  }
}
