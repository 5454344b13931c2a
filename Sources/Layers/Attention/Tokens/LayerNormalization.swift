package import Torch

/// The normalization of each token over its features: `[…, C]` to the same.
///
///     y = g · (x − mean(x)) / √(variance(x) + 10⁻⁵) + b
///
/// Ba, Kiros, Hinton, "Layer normalization", 2016. The names of the state are those of `nn.LayerNorm`.
package final class LayerNormalization: Layer {
  private let weight: Parameter  // [C]
  private let bias: Parameter  // [C]

  /// Creates a normalization that begins with g = 1 and b = 0.
  package init(features: Int) throws(TorchError) {
    weight = try Parameter(Tensor.full([features], 1))
    bias = try Parameter(Tensor.zeros([features]))
  }

  /// g and b.
  package var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// Returns the normalized tokens.
  package func forward(_ input: Tensor) throws -> Tensor { try input.normalized(weight: weight.tensor, bias: bias.tensor) }
}
