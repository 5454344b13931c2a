/// A function made of cubic polynomials, one between each pair of neighbouring knots.
struct PiecewiseCubic: Sendable, Equatable {
  /// The polynomial c0 + c1·t + c2·t² + c3·t³ with t measured from ``origin``.
  struct Piece: Sendable, Equatable {
    let origin: Double
    let c0: Double
    let c1: Double
    let c2: Double
    let c3: Double

    func value(_ x: Double) -> Double {
      let t = x - origin
      return c0 + t * (c1 + t * (c2 + t * c3))
    }

    /// The antiderivative that is 0 at ``origin``.
    func antiderivative(_ x: Double) -> Double {
      let t = x - origin
      return t * (c0 + t * (c1 / 2 + t * (c2 / 3 + t * c3 / 4)))
    }
  }

  /// One more than pieces, strictly rising.
  let knots: [Double]
  let pieces: [Piece]

  /// The value at `x`; the outer pieces go on beyond the outer knots.
  func value(_ x: Double) -> Double {
    let index = knots.dropFirst().dropLast().firstIndex { x < $0 }
    return pieces[index.map { $0 - 1 } ?? pieces.count - 1].value(x)
  }

  /// The exact integral over `range`, which must lie between the outer knots.
  func integral(over range: ClosedRange<Double>) -> Double {
    zip(pieces, zip(knots, knots.dropFirst())).reduce(0) { sum, next in
      let lower = max(next.1.0, range.lowerBound)
      let upper = min(next.1.1, range.upperBound)
      return lower < upper ? sum + next.0.antiderivative(upper) - next.0.antiderivative(lower) : sum
    }
  }

  /// The interpolating function with the given slopes at the knots (cubic Hermite).
  init(x: [Double], y: [Double], slopes: [Double]) {
    precondition(x.count >= 2 && x.count == y.count && x.count == slopes.count, "a piecewise cubic needs two points and a slope at each")
    knots = x
    pieces = (0..<x.count - 1).map { i in
      let width = x[i + 1] - x[i]
      let secant = (y[i + 1] - y[i]) / width
      return Piece(
        origin: x[i], c0: y[i], c1: slopes[i], c2: (3 * secant - 2 * slopes[i] - slopes[i + 1]) / width,
        c3: (slopes[i] + slopes[i + 1] - 2 * secant) / (width * width))
    }
  }

  /// One polynomial over all the knots.
  init(knots: [Double], piece: Piece) {
    self.knots = [knots[0], knots[knots.count - 1]]
    pieces = [piece]
  }
}
