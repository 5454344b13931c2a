import Layers
import Torch

/// Attention among the taps of a window, with a bias for each offset of two taps: `[L, T, D]` to the same, for any number L of windows.
final class WindowAttention: Module {
  private let projections: TokenLinear
  private let bias: Parameter  // [(2·side − 1)², heads]
  private let relations: Buffer  // [T·T], int64
  private let width: Int
  private let heads: Int

  init(width: Int, heads: Int, taps: KernelTaps, seeds: SeedSequence) throws {
    (self.width, self.heads) = (width, heads)
    projections = try TokenLinear(width, 3 * width, seeds: seeds)
    let entries = (2 * taps.side - 1) * (2 * taps.side - 1)
    bias = try Parameter(Tensor.normal([entries, heads], standardDeviation: 0.02, seed: seeds.next()))
    relations = Buffer(try Tensor(taps.relations, shape: [taps.relations.count]))
  }

  var members: [Member] {
    [.module("qkv", projections), .parameter("relative_position_bias_table", bias), .buffer("relative_position_index", relations)]
  }

  /// Returns what each tap gets of all taps of its window.
  ///
  /// - Parameter hidden: which taps may not be attended to, `[L, 1, 1, T]`; nil for none.
  func forward(_ tokens: Tensor, hidden: Tensor? = nil) throws -> Tensor {
    try traced {
      let count = tokens.shape[1]
      let parts = try projections.forward(tokens)
      func part(_ number: Int) throws -> Tensor {
        try HeadAttention.split(parts.narrowed(2, from: number * width, length: width), heads: heads)
      }
      let offsets = try bias.tensor.slices(along: 0, at: relations.tensor).permuted([1, 0]).reshaped([1, heads, count, count])
      let scores = try part(0).multiplied(byMatrix: part(1).permuted([0, 1, 3, 2])) / Double(width / heads).squareRoot() + offsets
      let weights = try (hidden.map { try scores.filled(where: $0, with: -1e30) } ?? scores).softmax(over: 3)
      return try weights.multiplied(byMatrix: part(2)).permuted([0, 2, 1, 3]).reshaped([tokens.shape[0], count, width])
    }
  }
}
