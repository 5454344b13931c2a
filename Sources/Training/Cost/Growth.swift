/// How a number grows with the pixels of a picture, from what it is at three small sizes.
struct Growth: Sendable, Equatable {
  /// How it grows.
  enum Kind: Sendable, Equatable {
    /// By the same for every pixel.
    case proportional
    /// Faster than the pixels, as attention does in which all places see all.
    case quadratic
    /// In another way; the last two sizes count.
    case other
  }

  let kind: Kind
  private let pixels: [Double]
  private let values: [Double]
  private let slopes: (first: Double, second: Double)

  /// Takes what was found at three different numbers of pixels that rise.
  ///
  /// - Parameter tolerance: which share of the value counts as nothing.
  init(pixels: [Int], values: [Double], tolerance: Double = 1e-6) {
    precondition(pixels.count == 3 && values.count == 3 && pixels[0] < pixels[1] && pixels[1] < pixels[2], "three sizes that rise")
    self.pixels = pixels.map(Double.init)
    self.values = values
    slopes = (
      (values[1] - values[0]) / Double(pixels[1] - pixels[0]), (values[2] - values[1]) / Double(pixels[2] - pixels[1])
    )
    let bend = (slopes.second - slopes.first) * Double(pixels[2])
    if abs(bend) <= tolerance * abs(values[2]) { kind = .proportional } else { kind = bend > 0 ? .quadratic : .other }
  }

  /// What it is at a number of pixels: on the line through the last two sizes, or on the parabola through all three.
  func value(at count: Int) -> Double {
    let distance = Double(count) - pixels[2]
    let line = values[2] + slopes.second * distance
    guard kind == .quadratic else { return line }
    return line + (slopes.second - slopes.first) / (pixels[2] - pixels[0]) * distance * (Double(count) - pixels[1])
  }

  static func == (left: Growth, right: Growth) -> Bool {
    left.kind == right.kind && left.pixels == right.pixels && left.values == right.values
  }

  /// A side of a shape at a picture of another size: the same everywhere, or in proportion to height, width or pixels; nil where it is none of these.
  static func extent(_ extents: [Int], of sizes: [(height: Int, width: Int)], at size: (height: Int, width: Int)) -> Int? {
    let rules: [((height: Int, width: Int)) -> Int] = [{ _ in 1 }, { $0.height }, { $0.width }, { $0.height * $0.width }]
    for rule in rules {
      let factors = sizes.map(rule)
      let isIt = zip(extents, factors).allSatisfy { $0.0 * factors[0] == extents[0] * $0.1 }
      guard isIt, (extents[0] * rule(size)).isMultiple(of: factors[0]) else { continue }
      return extents[0] * rule(size) / factors[0]
    }
    return nil
  }
}
