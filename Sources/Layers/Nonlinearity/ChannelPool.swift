import Torch

/// A constant and a weighted sum over the channels at each place, b_i + Σ_j w_ij · r_j: the norm or the mean of a divisive normalization.
final class ChannelPool {
  private let channels: Int
  private let constant: Parameter  // b [C], stored form
  private let weights: Parameter  // w [C, C], stored form
  private let constantForm: NonNegativeParametrizer?
  private let weightForm: NonNegativeParametrizer?

  /// Creates a pool with b = `constant` and w = `diagonal`·I.
  ///
  /// - Parameter minimum: the least value of b, with which w is kept non-negative, too; nil leaves both free.
  init(channels: Int, constant: Double, diagonal: Double, minimum: Double?) throws(TorchError) {
    self.channels = channels
    let (b, w) = (try Tensor.full([channels], constant), try Tensor.identity(channels) * diagonal)
    if let minimum {
      let forms = (try NonNegativeParametrizer(minimum: minimum), try NonNegativeParametrizer())
      (constantForm, weightForm) = forms
      self.constant = try Parameter(forms.0.initial(b))
      weights = try Parameter(forms.1.initial(w))
    } else {
      (constantForm, weightForm) = (nil, nil)
      self.constant = try Parameter(b)
      weights = try Parameter(w)
    }
  }

  /// The parameters under their names, and the constants of their reparametrisation where there is one.
  func members(constant constantName: String, weights weightName: String) -> [Member] {
    var members: [Member] = [.parameter(constantName, constant), .parameter(weightName, weights)]
    if let constantForm { members.append(.module("\(constantName)_reparam", constantForm)) }
    if let weightForm { members.append(.module("\(weightName)_reparam", weightForm)) }
    return members
  }

  /// b `[C]` and w `[C, C]`.
  func values() throws -> (constants: Tensor, weights: Tensor) {
    (try constantForm?.value(of: constant.tensor) ?? constant.tensor, try weightForm?.value(of: weights.tensor) ?? weights.tensor)
  }

  /// Returns the sums over `values` `[N, C, H, W]`.
  func forward(_ values: Tensor) throws -> Tensor {
    let (bias, matrix) = try self.values()
    return try withFullPrecision(on: values.device) {
      try values.convolved(weight: matrix.reshaped([channels, channels, 1, 1]), bias: bias)
    }
  }
}
