#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The window of SSIM along one axis: 11 weights of a Gaussian with σ = 1.5, which sum to 1.
enum GaussianWindow {
  static let length = 11

  /// The weights from the middle outwards; the window is symmetric.
  static let half: (Float, Float, Float, Float, Float, Float) = {
    let values = (0...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let sum = values[0] + 2 * values[1...].reduce(0, +)
    let weights = values.map { Float($0 / sum) }
    return (weights[0], weights[1], weights[2], weights[3], weights[4], weights[5])
  }()

  /// Returns the weighted sum of eleven neighbours, given by `sample` for 0 … 10.
  @inline(__always)
  static func filter(_ sample: (Int) -> SIMD8<Float>) -> SIMD8<Float> {
    let weights = half
    var sum = sample(5) * weights.0
    sum += (sample(4) + sample(6)) * weights.1
    sum += (sample(3) + sample(7)) * weights.2
    sum += (sample(2) + sample(8)) * weights.3
    sum += (sample(1) + sample(9)) * weights.4
    sum += (sample(0) + sample(10)) * weights.5
    return sum
  }
}
