import Layers
import Torch

/// The network that says how wide the intervals of z are: Δ = max(softplus(f(1/g)), ½).
///
/// The names of its state are those of CompressAI.
struct HyperStep {
  private let chain: Sequential
  private let bound: Buffer

  init(seeds: SeedSequence) throws {
    let layers = try [(1, 10), (10, 10), (10, 1)].map { try DenseLayer(inputs: $0, outputs: $1, seeds: seeds) }
    chain = Sequential(Array(layers.flatMap { [$0, RectifiedLinear()] as [any Layer] }.dropLast()))
    bound = Buffer(try Tensor.full([1], 0.5))
  }

  var members: [Member] { [.module("gayn2zqstep", chain), .module("lower_bound_zqstep", BoundBuffer(bound))] }

  /// Returns Δ for a gain of one element.
  func width(gain: Tensor) throws -> Tensor {
    let inverse = try gain.detached().reshaped([1, 1]).power(-1)
    return try LowerBound.apply(chain.forward(inverse).softplus().reshaped([1]), bound: bound.tensor)
  }
}
