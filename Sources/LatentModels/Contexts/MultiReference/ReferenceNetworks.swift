import Layers
import Torch

/// Attention over all places of the slices before: `[N, i·C, H, W]` to `[N, O, H, W]`; Φ_inter of ``MultiReferenceContext``.
final class InterSliceReference: Module {
  private let projections: [Sequential]  // of queries, keys and values
  private let reprojection: Convolution
  private let network: Sequential
  private let skip: Convolution
  private let heads: Int

  init(inputs: Int, outputs: Int, heads: Int, seeds: SeedSequence) throws {
    self.heads = heads
    projections = try ReferenceProjection.three(channels: inputs, seeds: seeds)
    let inner = outputs * 3 / 2
    reprojection = try Convolution(inputChannels: inputs, outputChannels: inner, kernel: 5, stride: 1, seeds: seeds)
    network = try ReferenceProjection.network(inner, 2 * outputs, outputs, seeds: seeds)
    skip = try Convolution(inputChannels: inner, outputChannels: outputs, kernel: 1, stride: 1, seeds: seeds)
  }

  var members: [Member] {
    ReferenceProjection.members(projections) + [.module("reprojection", reprojection), .module("mlp", network), .module("skip", skip)]
  }

  /// Returns Φ_inter of ŷ of the slices before.
  func forward(_ before: Tensor) throws -> Tensor {
    let parts = try projections.map { try $0.forward(before).reshaped([before.shape[0], before.shape[1], -1]) }
    let attended = try LinearAttention.output(queries: parts[0], keys: parts[1], values: parts[2], heads: heads)
    let map = try reprojection.forward(attended.reshaped(before.shape))
    return try skip.forward(map) + network.forward(map)
  }
}

/// Attention of the second half of a checkerboard to its first half with the similarities of the slice before: `[N, C, H, W]` to `[N, 2·C, H, W]`; Φ_intra of
/// ``MultiReferenceContext``.
final class IntraSliceReference: Module {
  private let projections: [Sequential]  // of queries, keys and values
  private let reprojection: Convolution
  private let network: Sequential
  private let heads: Int

  init(channels: Int, heads: Int, seeds: SeedSequence) throws {
    self.heads = heads
    projections = try ReferenceProjection.three(channels: channels, seeds: seeds)
    reprojection = try Convolution(inputChannels: channels, outputChannels: 2 * channels, kernel: 5, stride: 1, seeds: seeds)
    network = try ReferenceProjection.network(2 * channels, 4 * channels, 2 * channels, seeds: seeds)
  }

  var members: [Member] {
    ReferenceProjection.members(projections) + [.module("reprojection", reprojection), .module("mlp", network)]
  }

  /// Returns Φ_intra.
  ///
  /// - Parameters:
  ///   - own: ŷ of the slice's first half, zeros elsewhere.
  ///   - before: ŷ of the slice before.
  ///   - board: 1 at the first half and 0 elsewhere, `[1, 1, H, W]`.
  func forward(_ own: Tensor, before: Tensor, board: Tensor) throws -> Tensor {
    let shape = own.shape
    func places(_ map: Tensor) throws -> Tensor { try map.reshaped([shape[0], shape[1], -1]) }
    let other = try board * -1.0 + 1.0
    let queries = try places(projections[0].forward(before * other))
    let keys = try places(projections[1].forward(before * board))
    let values = try places(projections[2].forward(own))
    let hidden = try board.isLess(than: 0.5).reshaped([1, 1, 1, -1])
    let attended = try LinearAttention.output(queries: queries, keys: keys, values: values, heads: heads, hidden: hidden)
    let map = try reprojection.forward(attended.reshaped(shape) * other)
    return try map + network.forward(map)
  }
}

/// What the references of ``MultiReferenceContext`` have in common.
enum ReferenceProjection {
  /// Projections of queries, keys and values, each a convolution 1×1 and a depth-wise one 3×3.
  static func three(channels: Int, seeds: SeedSequence) throws -> [Sequential] {
    try (0..<3).map { _ in
      Sequential([
        try Convolution(inputChannels: channels, outputChannels: channels, kernel: 1, stride: 1, seeds: seeds),
        try DepthwiseConvolution(channels: channels, seeds: seeds),
      ])
    }
  }

  static func members(_ projections: [Sequential]) -> [Member] { zip(["queries", "keys", "values"], projections).map { .module($0, $1) } }

  /// A convolution 1×1, a depth-wise one 3×3 and another 1×1, with Gaussian error linear units between.
  static func network(_ inputs: Int, _ inner: Int, _ outputs: Int, seeds: SeedSequence) throws -> Sequential {
    Sequential([
      try Convolution(inputChannels: inputs, outputChannels: inner, kernel: 1, stride: 1, seeds: seeds), GaussianErrorLinear(),
      try DepthwiseConvolution(channels: inner, seeds: seeds), GaussianErrorLinear(),
      try Convolution(inputChannels: inner, outputChannels: outputs, kernel: 1, stride: 1, seeds: seeds),
    ])
  }
}
