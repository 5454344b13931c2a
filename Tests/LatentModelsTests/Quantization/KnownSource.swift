import Foundation
import Torch

/// A source of independent values of variance 1 whose rate–distortion function is known.
enum KnownSource: String, CaseIterable, Sendable {
  case gaussian, laplacian

  /// The value below which the source is with probability `share`.
  func quantile(_ share: Double) -> Double {
    switch self {
    case .gaussian:
      var (low, high) = (-9.0, 9.0)
      for _ in 0..<44 {
        let middle = (low + high) / 2
        if 0.5 * erfc(-middle / 2.0.squareRoot()) < share { low = middle } else { high = middle }
      }
      return (low + high) / 2
    case .laplacian: return (share < 0.5 ? log(2 * share) : -log(2 - 2 * share)) / 2.0.squareRoot()
    }
  }

  /// `count` values, one for each of as many equally probable cells, in the order of a lattice: nothing is left to chance.
  ///
  /// - Parameter multiplier: coprime to the count, a power of two; sequences of different ones together fill the plane evenly.
  func samples(_ count: Int, multiplier: Int = 1) -> [Double] {
    let sorted = (0..<count).map { quantile((Double($0) + 0.5) / Double(count)) }
    return (0..<count).map { sorted[$0 * multiplier % count] }
  }

  /// The least distortion at a rate in bits: 2^(−2R) for the Gaussian, Shannon's lower bound (e/π)·2^(−2R) for the Laplacian.
  ///
  /// The Laplacian's own function lies above the bound, by 0.02 dB at 1 bit and by 0.13 dB at 0.35 bits, so that gaps to it are a little smaller.
  func leastDistortion(rate: Double) -> Double { (self == .gaussian ? 1 : M_E / .pi) * exp2(-2 * rate) }

  /// How much more distortion than the least there is at a rate, in dB.
  func gap(_ point: RatePoint) -> Double { 10 * log10(point.distortion / leastDistortion(rate: point.rate)) }
}

/// Bits and squared error for each value.
struct RatePoint: Sendable {
  var rate: Double
  var distortion: Double
}
