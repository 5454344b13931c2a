/// The window of SSIMULACRA 2 along one axis, with zeros outside the plane: nine weights, which sum to 1 and have the variance 1.5².
///
/// A Gaussian made of three truncated cosines, h(j) = β₁·cos(πj/10) + β₃·cos(3πj/10) + β₅·cos(5πj/10) for |j| < 5. Charalampidis: "Recursive
/// implementation of the Gaussian filter using truncated cosine functions", IEEE Transactions on Signal Processing 64 (14), 2016, eq. 52–57 for σ = 1.5.
enum OpsinWindow {
  typealias Vector = SIMD8<Float>

  /// The weights from the middle outwards; the window is symmetric.
  static let half: [Double] = [0.26462110548819856, 0.2129285920104222, 0.10933537277746032, 0.036011114658364374, 0.0094143678096537]

  /// The samples that must be there before and after a row, at least as many as half the window.
  static let margin = 8

  private static let weights = (Float(half[0]), Float(half[1]), Float(half[2]), Float(half[3]), Float(half[4]))

  @inline(__always)
  private static func sum(_ weights: (Float, Float, Float, Float, Float), _ sample: (Int) -> Vector) -> Vector {
    var sum = sample(0) * weights.0
    sum += (sample(-1) + sample(1)) * weights.1
    sum += (sample(-2) + sample(2)) * weights.2
    sum += (sample(-3) + sample(3)) * weights.3
    sum += (sample(-4) + sample(4)) * weights.4
    return sum
  }

  /// Filters down the columns into one row; `row` gives the samples of the row that lies −4 … 4 rows away.
  @inline(__always)
  static func filterColumns(width: Int, into output: UnsafeMutablePointer<Float>, _ row: (Int) -> UnsafePointer<Float>) {
    let rows = (row(-4), row(-3), row(-2), row(-1), row(0), row(1), row(2), row(3), row(4))
    let weights = weights
    for column in stride(from: 0, to: width, by: Vector.scalarCount) {
      var sum = load(rows.4 + column) * weights.0
      sum += (load(rows.3 + column) + load(rows.5 + column)) * weights.1
      sum += (load(rows.2 + column) + load(rows.6 + column)) * weights.2
      sum += (load(rows.1 + column) + load(rows.7 + column)) * weights.3
      sum += (load(rows.0 + column) + load(rows.8 + column)) * weights.4
      UnsafeMutableRawPointer(output + column).storeBytes(of: sum, as: Vector.self)
    }
  }

  /// Filters along a row at eight places from `place` on.
  @inline(__always)
  static func filterRow(_ place: UnsafePointer<Float>) -> Vector { sum(weights) { load(place + $0) } }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> Vector { UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self) }
}
