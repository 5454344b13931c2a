#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The marks of an axis at round numbers: steps of 1, 2 or 5 times a power of ten.
struct AxisTicks: Sendable, Equatable {
  /// The first and the last value of the axis; multiples of the step.
  let lower: Double
  let upper: Double
  let step: Double

  /// Chooses marks for values between `lowest` and `highest`, about `count` of them, so that the axis covers both.
  init(lowest: Double, highest: Double, count: Int) {
    var (low, high) = (lowest, highest)
    if !(high > low) {
      // One value, or none that differs: give it room on both sides.
      let room = max(abs(low) * 0.1, 0.5)
      (low, high) = (low - room, low + room)
    }
    let raw = (high - low) / Double(max(count, 1))
    let magnitude = pow(10, floor(log10(raw)))
    let factor = raw / magnitude
    let chosen = (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 5.0001 ? 5 : 10) * magnitude
    step = chosen
    // A value that lies on a mark but for rounding shall not cost a whole step.
    lower = floor(low / chosen + 1e-6) * chosen
    upper = ceil(high / chosen - 1e-6) * chosen
  }

  /// The marks, rising.
  var values: [Double] {
    let count = Int(((upper - lower) / step).rounded())
    let first = (lower / step).rounded()
    return (0...max(count, 0)).map { (first + Double($0)) * step }
  }

  /// The text of a mark, with as many decimals as the step has.
  func label(_ value: Double) -> String {
    let decimals = max(0, Int(-floor(log10(step) + 1e-9)))
    return NumberText.fixed(abs(value) < step / 2 ? 0 : value, decimals: decimals)
  }
}
