package import Torch

/// The two layers of a transformer over the features of each token: `[…, C]` to the same.
///
///     y = W₂ · GELU(W₁ · x + b₁) + b₂          W₁: hidden × C
package final class FeedForward: Layer {
  private let first: LinearLayer
  private let second: LinearLayer
  private let unit = GaussianErrorLinear()
  private let names: (first: String, second: String)

  /// Creates the layers with random weights drawn from `seeds`.
  ///
  /// - Parameters:
  ///   - hidden: the features between the layers.
  ///   - names: those of the layers in the state.
  package init(
    features: Int, hidden: Int, names: (first: String, second: String) = ("fc1", "fc2"),
    initialization: LinearLayer.Initialization = .normal(0.02), seeds: SeedSequence
  ) throws(TorchError) {
    first = try LinearLayer(inputs: features, outputs: hidden, initialization: initialization, seeds: seeds)
    second = try LinearLayer(inputs: hidden, outputs: features, initialization: initialization, seeds: seeds)
    self.names = names
  }

  /// Both layers.
  package var members: [Member] { [.module(names.first, first), .module(names.second, second)] }

  /// Returns the features of each token.
  package func forward(_ input: Tensor) throws -> Tensor { try second.forward(unit.forward(first.forward(input))) }
}
