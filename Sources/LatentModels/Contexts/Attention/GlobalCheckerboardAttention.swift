import Layers
import Torch

/// Attention of the second half of a checkerboard to all of the first half, with the similarities of the slice before: `[N, C, H, W]` to `[N, 2·C, H, W]`.
final class GlobalCheckerboardAttention: Module {
  private let queries: Projection
  private let keys: Projection
  private let values: Projection
  private let reprojection: Convolution
  private let feedForward: Sequential
  private let heads: Int

  init(channels: Int, heads: Int, seeds: SeedSequence) throws {
    func projection() throws -> Projection { try Projection(channels: channels, seeds: seeds) }
    (queries, keys, values) = (try projection(), try projection(), try projection())
    reprojection = try Convolution(inputChannels: channels, outputChannels: 2 * channels, kernel: 5, stride: 1, seeds: seeds)
    feedForward = try EntropyParameters.layers(
      widths: [2 * channels, 4 * channels, 2 * channels], unit: { GaussianErrorLinear() }, seeds: seeds)
    self.heads = heads
  }

  var members: [Member] {
    [
      .module("queries", queries), .module("keys", keys), .module("values", values), .module("reprojection", reprojection),
      .module("mlp", feedForward),
    ]
  }

  /// Returns Φ_gc.
  ///
  /// - Parameters:
  ///   - first: ŷ of the slice's first half, zeros elsewhere.
  ///   - before: ŷ of the slice before.
  func forward(_ first: Tensor, before: Tensor) throws -> Tensor {
    try traced {
      let shape = first.shape
      let even = PlacePattern.evenSquares.places(height: shape[2], width: shape[3])
      let odd = PlacePattern.oddSquares.places(height: shape[2], width: shape[3])
      var map = try first.detached().zerosLike()
      if !odd.isEmpty {
        let attended = try HeadAttention.output(
          queries: heads(of: queries.forward(before), at: odd), keys: heads(of: keys.forward(before), at: even),
          values: heads(of: values.forward(first), at: even)
        ) { scores, _, _ in try scores / Double(shape[1] / heads).squareRoot() }
        let places = try Tensor(odd.map(Int64.init), shape: [odd.count]).to(first.device)
        map = try map.reshaped([shape[0], shape[1], -1]).withSlices(along: 2, at: places, attended.permuted([0, 2, 1])).reshaped(shape)
      }
      let output = try reprojection.traced(map)
      return try output + feedForward.traced(output)
    }
  }

  private func heads(of map: Tensor, at places: [Int]) throws -> Tensor {
    let shape = map.shape
    return try HeadAttention.split(
      map.columns(at: places).reshaped([shape[0], shape[1], places.count]).permuted([0, 2, 1]), heads: heads)
  }

  /// A convolution 1×1 and a depth-wise one 3×3.
  private final class Projection: Module {
    private let mixing: Convolution
    private let weight: Parameter  // [C, 1, 3, 3]
    private let bias: Parameter  // [C]

    init(channels: Int, seeds: SeedSequence) throws {
      mixing = try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds)
      weight = try Parameter(Tensor.uniform([channels, 1, 3, 3], in: -1 / 3...1 / 3, seed: seeds.next()))
      bias = try Parameter(Tensor.uniform([channels], in: -1 / 3...1 / 3, seed: seeds.next()))
    }

    var members: [Member] { [.module("0", mixing), .parameter("weight", weight), .parameter("bias", bias)] }

    func forward(_ input: Tensor) throws -> Tensor {
      try traced {
        try mixing.traced(input).convolved(weight: weight.tensor, bias: bias.tensor, padding: 1, groups: input.shape[1])
      }
    }
  }
}
