package import Torch

/// A fully connected layer in one pass: `[…, Cin]` to `[…, Cout]`, y = W·x + b.
///
/// Unlike ``DenseLayer`` it adds the bias within the product. The names of the state are those of `nn.Linear`.
package final class LinearLayer: Layer {
  private let weight: Parameter  // [Cout, Cin]
  private let bias: Parameter?  // [Cout]

  /// What the initial weights are drawn from.
  package enum Initialization: Sendable {
    /// Uniform within ±1/√Cin, those of PyTorch.
    case uniform
    /// Normal with this standard deviation, and biases of zero, as in transformers.
    case normal(Double)
  }

  /// Creates a layer with random weights drawn from `seeds`.
  package init(
    inputs: Int, outputs: Int, hasBias: Bool = true, initialization: Initialization = .uniform, seeds: SeedSequence
  ) throws(TorchError) {
    switch initialization {
    case .uniform:
      let limit = 1 / Double(inputs).squareRoot()
      weight = try Parameter(Tensor.uniform([outputs, inputs], in: -limit...limit, seed: seeds.next()))
      bias = hasBias ? try Parameter(Tensor.uniform([outputs], in: -limit...limit, seed: seeds.next())) : nil
    case .normal(let deviation):
      weight = try Parameter(Tensor.normal([outputs, inputs], standardDeviation: deviation, seed: seeds.next()))
      bias = hasBias ? try Parameter(Tensor.zeros([outputs])) : nil
    }
  }

  /// The weight and the bias.
  package var members: [Member] { [.parameter("weight", weight)] + (bias.map { [.parameter("bias", $0)] } ?? []) }

  /// Returns the layer's output.
  package func forward(_ input: Tensor) throws -> Tensor { try input.mapped(weight: weight.tensor, bias: bias?.tensor) }
}
