import Torch

/// The exponents α and ε of a divisive normalization as parameters: one of each for all channels, α ≥ 1 and ε ≥ 10⁻⁶.
///
/// Johnston, Eban, Gordon, Ballé, "Computationally efficient neural image compression", 2019, section 3, trains them to find the cheaper ones of 1DN. Below 1 the
/// gradient of |x|^α at zero would be infinite.
final class LearnedExponents: Module {
  private let alpha: Parameter  // [], stored form
  private let epsilon: Parameter  // [], stored form
  private let alphaForm: NonNegativeParametrizer
  private let epsilonForm: NonNegativeParametrizer

  /// Creates exponents that start with these.
  init(alpha: Double, epsilon: Double) throws(TorchError) {
    (alphaForm, epsilonForm) = (try NonNegativeParametrizer(minimum: 1), try NonNegativeParametrizer(minimum: 1e-6))
    self.alpha = try Parameter(alphaForm.initial(Tensor.full([1], alpha)))
    self.epsilon = try Parameter(epsilonForm.initial(Tensor.full([1], epsilon)))
  }

  /// Both, and the constants of their reparametrisation.
  var members: [Member] {
    [
      .parameter("alpha", alpha), .parameter("epsilon", epsilon), .module("alpha_reparam", alphaForm),
      .module("epsilon_reparam", epsilonForm),
    ]
  }

  /// Returns |x|^α.
  func rectified(_ input: Tensor) throws -> Tensor { try input.absolute().power(alphaForm.value(of: alpha.tensor)) }

  /// Returns u / s^ε, or for the inverse u · s^ε.
  func scaled(_ input: Tensor, by norm: Tensor, inverse: Bool) throws -> Tensor {
    let factor = try norm.power(epsilonForm.value(of: epsilon.tensor))
    return inverse ? try input * factor : try input / factor
  }
}
