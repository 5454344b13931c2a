import EntropyCoding
import Torch

extension StandardDistribution {
  /// Returns the probability of values up to each element, without cancellation in the lower tail.
  func cumulative(_ t: Tensor) throws -> Tensor {
    switch self {
    case .gaussian: return try (t * -(0.5.squareRoot())).complementaryErrorFunction() * 0.5
    case .laplacian:
      let root = 2.0.squareRoot()
      let below = try (t.clamped(from: nil, to: 0) * root).exponential() * 0.5
      return try below - ((t.clamped(from: 0) * -root).exponential() - 1) * 0.5
    case .logistic: return try (t * (.pi / 3.0.squareRoot())).sigmoid()
    }
  }

  /// Returns the probability of the interval of length 1 around each value; both ends are taken in the lower tail.
  func probability(of values: Tensor, means: Tensor, scales: Tensor) throws -> Tensor {
    let distances = try (values - means).absolute()
    return try cumulative((-distances + 0.5) / scales) - cumulative((-distances - 0.5) / scales)
  }
}
