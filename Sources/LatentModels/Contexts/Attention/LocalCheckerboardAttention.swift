import Layers
import Torch

/// Attention among the neighbours of the first half of a checkerboard, for the places of the second: `[N, C, H, W]` to `[N, 2·C, H, W]`, zeros at the first.
///
/// Windows are worked on in pieces, so that memory stays bounded.
final class LocalCheckerboardAttention: Module {
  private let normalization: TokenNormalization
  private let attention: WindowAttention
  private let fusion: TokenLinear
  private let feedNormalization: TokenNormalization
  private let feedForward: TokenFeedForward
  private let taps: KernelTaps

  init(channels: Int, heads: Int, window: Int, seeds: SeedSequence) throws {
    taps = .checkerboard(side: window)
    normalization = try TokenNormalization(channels)
    attention = try WindowAttention(width: channels, heads: heads, taps: taps, seeds: seeds)
    fusion = try TokenLinear(channels * taps.taps.count, 2 * channels, seeds: seeds)
    feedNormalization = try TokenNormalization(2 * channels)
    feedForward = try TokenFeedForward(2 * channels, ratio: 2, unit: .gaussianErrorLinear, seeds: seeds)
  }

  var members: [Member] {
    [
      .module("norm1", normalization), .module("attention", attention), .module("fusion", fusion), .module("norm2", feedNormalization),
      .module("mlp", feedForward),
    ]
  }

  func forward(_ first: Tensor) throws -> Tensor {
    try traced {
      let shape = first.shape
      let output = try Tensor.zeros([shape[0], shape[2] * shape[3], 2 * shape[1]]).to(first.device)
      let places = PlacePattern.oddSquares.places(height: shape[2], width: shape[3])
      guard !places.isEmpty else { return try output.permuted([0, 2, 1]).reshaped([shape[0], 2 * shape[1], shape[2], shape[3]]) }
      let step = max(1, HeadAttention.scoresAtOnce / (shape[0] * taps.taps.count * max(3 * shape[1], taps.taps.count)))
      let pieces = try stride(from: 0, to: places.count, by: step).map { start in
        try features(of: first, at: Array(places[start..<min(start + step, places.count)]))
      }
      let indices = try Tensor(places.map(Int64.init), shape: [places.count]).to(first.device)
      let joined = pieces.count == 1 ? pieces[0] : try Tensor.concatenated(pieces, along: 1)
      return try output.withSlices(along: 1, at: indices, joined).permuted([0, 2, 1])
        .reshaped([shape[0], 2 * shape[1], shape[2], shape[3]])
    }
  }

  /// Returns `[N, n, 2·C]`.
  private func features(of first: Tensor, at places: [Int]) throws -> Tensor {
    let (shape, count) = (first.shape, taps.taps.count)
    let tokens = try taps.taken(from: first, around: places).permuted([0, 2, 3, 1]).reshaped([shape[0] * places.count, count, shape[1]])
    let outside = places.flatMap { place in
      taps.taps.map { tap -> Float in
        let row = place / shape[3] + tap / taps.side - taps.side / 2
        let column = place % shape[3] + tap % taps.side - taps.side / 2
        return 0..<shape[2] ~= row && 0..<shape[3] ~= column ? 0 : -1
      }
    }
    let hidden = try Tensor(outside, shape: [1, places.count, count]).to(first.device).expanded([shape[0], places.count, count])
      .reshaped([shape[0] * places.count, 1, 1, count]).isLess(than: 0)
    let attended = try attention.forward(normalization.forward(tokens), hidden: hidden).reshaped([shape[0], places.count, -1])
    let fused = try fusion.forward(attended)
    return try fused + feedForward.forward(feedNormalization.forward(fused))
  }
}
