import Torch

/// A fully connected layer whose outputs lie in planes: `[N, places, Cin]` to `[N, Cout, places]`, y = W·x + b.
///
/// What reads neighbouring places of one feature wants them side by side. The names of the state are those of `nn.Linear`; weights start normal with a
/// standard deviation of 0.02, biases with zero, as in transformers.
final class PlaneProjection: Module {
  private let weight: Parameter  // [Cout, Cin]
  private let bias: Parameter  // [Cout]

  init(inputs: Int, outputs: Int, seeds: SeedSequence) throws(TorchError) {
    weight = try Parameter(Tensor.normal([outputs, inputs], standardDeviation: 0.02, seed: seeds.next()))
    bias = try Parameter(Tensor.zeros([outputs]))
  }

  var members: [Member] { [.parameter("weight", weight), .parameter("bias", bias)] }

  func forward(_ tokens: Tensor) throws -> Tensor {
    let (shape, weight) = (tokens.shape, weight.tensor)
    // A product for each sample, which keeps the places of a plane together.
    return try weight.expanded([shape[0]] + weight.shape).multiplied(byMatrix: tokens.permuted([0, 2, 1]))
      + bias.tensor.reshaped([-1, 1])
  }
}
