extension PiecewiseCubic {
  /// Shape-preserving interpolation (Fritsch and Butland, 1984): the slope at a knot is the weighted harmonic mean of the neighbouring
  /// secants, 0 at an extremum.
  ///
  /// At the ends the three-point formula is used, cut back where it would overshoot.
  static func pchip(x: [Double], y: [Double]) -> PiecewiseCubic {
    let (widths, secants) = secants(x, y)
    let last = secants.count - 1
    guard last > 0 else { return PiecewiseCubic(x: x, y: y, slopes: [secants[0], secants[0]]) }
    let inner = (1...last).map { i in
      let (before, after) = (secants[i - 1], secants[i])
      guard before * after > 0 else { return 0.0 }
      let first = 2 * widths[i] + widths[i - 1]
      let second = widths[i] + 2 * widths[i - 1]
      return (first + second) / (first / before + second / after)
    }
    let start = endSlope(widths[0], widths[1], secants[0], secants[1])
    let end = endSlope(widths[last], widths[last - 1], secants[last], secants[last - 1])
    return PiecewiseCubic(x: x, y: y, slopes: [start] + inner + [end])
  }

  private static func endSlope(_ width: Double, _ nextWidth: Double, _ secant: Double, _ nextSecant: Double) -> Double {
    let slope = ((2 * width + nextWidth) * secant - width * nextSecant) / (width + nextWidth)
    if slope * secant <= 0 { return 0 }
    if secant * nextSecant <= 0, abs(slope) > 3 * abs(secant) { return 3 * secant }
    return slope
  }

  /// Akima's interpolation (1970): the slope at a knot weighs each neighbouring secant with the change of the secants on the other side.
  ///
  /// Two secants are added at each end by linear extrapolation. Where the four secants give no weight their mean neighbours decide.
  static func akima(x: [Double], y: [Double]) -> PiecewiseCubic {
    let inner = secants(x, y).secants
    precondition(inner.count >= 2, "Akima interpolation needs three points")
    let (first, last) = (inner[0], inner[inner.count - 1])
    let before = 2 * first - inner[1]
    let after = 2 * last - inner[inner.count - 2]
    let m = [2 * before - first, before] + inner + [after, 2 * after - last]
    let weights = x.indices.map { i in (left: abs(m[i + 3] - m[i + 2]), right: abs(m[i + 1] - m[i])) }
    // Sums this much smaller than the largest are rounding errors of equal secants.
    let threshold = 1e-9 * (weights.map { $0.left + $0.right }.max() ?? 0)
    let slopes = x.indices.map { i in
      let sum = weights[i].left + weights[i].right
      return sum > threshold ? (weights[i].left * m[i + 1] + weights[i].right * m[i + 2]) / sum : (m[i + 1] + m[i + 2]) / 2
    }
    return PiecewiseCubic(x: x, y: y, slopes: slopes)
  }

  /// The cubic polynomial with the least sum of squared errors; it passes through the points where there are four.
  ///
  /// The abscissa is scaled to −1…1, where the normal equations of a cubic are well conditioned.
  static func leastSquares(x: [Double], y: [Double]) -> PiecewiseCubic {
    precondition(x.count >= 4, "a cubic needs four points")
    let centre = (x[0] + x[x.count - 1]) / 2
    let scale = (x[x.count - 1] - x[0]) / 2
    var rows = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 4)
    for (x, y) in zip(x, y) {
      let t = (x - centre) / scale
      let powers = [1, t, t * t, t * t * t]
      for row in 0..<4 {
        for column in 0..<4 { rows[row][column] += powers[row] * powers[column] }
        rows[row][4] += powers[row] * y
      }
    }
    let c = solve(rows)
    return PiecewiseCubic(
      knots: x,
      piece: Piece(origin: centre, c0: c[0], c1: c[1] / scale, c2: c[2] / (scale * scale), c3: c[3] / (scale * scale * scale)))
  }

  /// Gaussian elimination with row exchange; each row is [coefficients…, right side].
  private static func solve(_ system: [[Double]]) -> [Double] {
    var rows = system
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in (column + 1)..<max(count, column + 1) {
        let factor = rows[row][column] / rows[column][column]
        for k in column...count { rows[row][k] -= factor * rows[column][k] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for row in (0..<count).reversed() {
      let known = ((row + 1)..<max(count, row + 1)).reduce(0) { $0 + rows[row][$1] * solution[$1] }
      solution[row] = (rows[row][count] - known) / rows[row][row]
    }
    return solution
  }

  private static func secants(_ x: [Double], _ y: [Double]) -> (widths: [Double], secants: [Double]) {
    let widths = zip(x, x.dropFirst()).map { $1 - $0 }
    return (widths, zip(zip(y, y.dropFirst()), widths).map { ($0.1 - $0.0) / $1 })
  }
}
