/// Which samples of a row make each sample of a row of another length, and with what weights.
///
/// The filter is the cubic convolution kernel with a = −0.5 (Keys: "Cubic convolution interpolation for digital image processing", 1981). When a
/// row gets shorter the kernel is stretched by the ratio of the lengths, so that what is too fine to be shown is averaged out and does not
/// turn into patterns. Weights of one sample sum to 1; at the ends the kernel is cut.
struct ResamplingWeights {
  /// Fixed-point weights have this many binary places.
  static let places: Int32 = 22

  /// For each new sample: the first old one, and where its weights lie.
  private(set) var spans: [(first: Int, weights: Range<Int>)] = []
  private(set) var weights: [Int32] = []

  init(from oldLength: Int, to newLength: Int) {
    let ratio = Double(oldLength) / Double(newLength)
    let stretch = max(ratio, 1)
    let reach = 2 * stretch
    spans.reserveCapacity(newLength)
    for index in 0..<newLength {
      let centre = (Double(index) + 0.5) * ratio
      let first = max(Int(centre - reach + 0.5), 0)
      let end = min(Int(centre + reach + 0.5), oldLength)
      let raw = (first..<end).map { Self.kernel((Double($0) - centre + 0.5) / stretch) }
      let sum = raw.reduce(0, +)
      let start = weights.count
      weights += raw.map { Int32(($0 / sum * Double(1 << Self.places)).rounded(.toNearestOrAwayFromZero)) }
      spans.append((first, start..<weights.count))
    }
  }

  /// The kernel at a distance from the middle, in samples.
  private static func kernel(_ distance: Double) -> Double {
    let (x, a) = (abs(distance), -0.5)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }
}
