package import Torch

/// A fully connected layer: `[…, Cin]` to `[…, Cout]`, y = W·x + b.
///
/// Initial values are PyTorch's: uniform within ±1/√Cin. The names of the state are those of `nn.Linear`.
package final class DenseLayer: Layer {
  package let weight: Parameter  // [Cout, Cin]
  package let bias: Parameter  // [Cout]

  /// Creates a layer with random weights drawn from `seeds`.
  package init(inputs: Int, outputs: Int, seeds: SeedSequence) throws(TorchError) {
    let limit = 1 / Double(inputs).squareRoot()
    weight = try Parameter(Tensor.uniform([outputs, inputs], in: -limit...limit, seed: seeds.next()))
    bias = try Parameter(Tensor.uniform([outputs], in: -limit...limit, seed: seeds.next()))
  }

  /// The weight and the bias.
  package var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  /// Returns the layer's output.
  package func forward(_ input: Tensor) throws -> Tensor {
    try input.multiplied(byMatrix: weight.tensor.permuted([1, 0])) + bias.tensor
  }
}
