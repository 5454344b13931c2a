/// The components of a mixture, set to one element after the other.
///
/// Sums of whole-number weights and cumulatives that never fall never fall either, and they are the same on every machine for the same parameters.
struct MixtureReference {
  private let components: UnsafeMutableBufferPointer<Component>
  private let scaleBound: Float

  /// One component of the present element.
  struct Component {
    let knots: CumulativeTable.Knots
    let reach: Double
    /// In units of 2⁻¹⁶; those of an element have the sum 2¹⁶.
    var weight: Int64 = 0
    var mean = 0.0
    var inverse = 1.0
    var deviation = 1.0
  }

  init(_ components: UnsafeMutableBufferPointer<Component>, scaleBound: Float) {
    self.components = components
    self.scaleBound = scaleBound
  }

  /// Sets the components to element `index` of `[3·K, count]` parameters.
  @inline(__always) func set(_ parameters: UnsafePointer<Float>, index: Int, count: Int) {
    let number = components.count
    var largest = -Float.infinity
    for component in 0..<number {
      largest = max(largest, Self.bounded(parameters[component &* count &+ index]))
    }
    var sum = 0.0
    for component in 0..<number {
      let logit = Self.bounded(parameters[component &* count &+ index])
      let share = Exponential.ofNegative(Double(logit) - Double(largest))
      components[component].deviation = share
      sum += share
    }
    var (rest, heaviest) = (Int64(65536), 0)
    for component in 0..<number {
      let weight = Int64(components[component].deviation / sum * 65536)
      components[component].weight = weight
      rest &-= weight
      if weight > components[heaviest].weight { heaviest = component }
      let mean = parameters[(number &+ component) &* count &+ index]
      // What is not a number fails the comparison and counts as 0.
      components[component].mean = mean.magnitude < 0x1p24 ? Double(mean) : 0
      let scale = parameters[(2 &* number &+ component) &* count &+ index]
      let deviation = Double(scale > scaleBound ? min(scale, 0x1p24) : scaleBound)
      components[component].deviation = deviation
      components[component].inverse = 1 / deviation
    }
    components[heaviest].weight &+= rest
  }

  /// A logit that is not finite counts as a very small or a very large one.
  @inline(__always) private static func bounded(_ logit: Float) -> Float { logit.magnitude < 1e4 ? logit : logit > 0 ? 1e4 : -1e4 }

  /// The probability of values up to x in units of 2⁻⁴⁶.
  @inline(__always) func cumulative(_ x: Double) -> Int64 {
    var sum: Int64 = 0
    for component in components.indices {
      let own = components[component]
      sum &+= own.weight &* own.knots.cumulative((x - own.mean) * own.inverse)
    }
    return sum
  }

  /// The least value that a component of noticeable weight reaches.
  var lowest: Double {
    var least = Double.infinity
    for component in components where component.weight > 0 {
      least = min(least, (component.mean - component.reach * component.deviation).rounded(.down))
    }
    return least
  }

  /// The largest value that a component of noticeable weight reaches.
  var highest: Double {
    var most = -Double.infinity
    for component in components where component.weight > 0 {
      most = max(most, (component.mean + component.reach * component.deviation).rounded(.up))
    }
    return most
  }

  /// The mean of the heaviest component, rounded.
  var center: Double {
    var (mean, weight) = (0.0, Int64(-1))
    for component in components where component.weight > weight { (mean, weight) = (component.mean, component.weight) }
    return mean.rounded()
  }
}

/// e^x with sums and products alone, the same on every machine.
enum Exponential {
  /// e^x for x up to 0; 0 below −700 and for what is not a number.
  @inline(__always) static func ofNegative(_ x: Double) -> Double {
    guard x > -700, x <= 0 else { return x > 0 ? 1 : 0 }
    let whole = (x * 1.442695040888963407).rounded()
    let rest = (x - whole * 0.693147180369123816490) - whole * 1.90821492927058770002e-10
    var sum = 1.0
    var divisor = 13.0
    while divisor > 0 {
      sum = sum * rest / divisor + 1
      divisor -= 1
    }
    return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
  }
}
