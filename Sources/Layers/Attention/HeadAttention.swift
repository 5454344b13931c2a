package import Torch

/// Attention with several heads, in pieces of queries, so that memory stays bounded for latents of any size.
package enum HeadAttention {
  /// How many scores a piece holds at most, over samples and heads.
  package static let scoresAtOnce = 1 << 22

  /// Returns `[N, L, D]` as heads, `[N, heads, L, D / heads]`.
  package static func split(_ tokens: Tensor, heads: Int) throws -> Tensor {
    let shape = tokens.shape
    return try tokens.reshaped([shape[0], shape[1], heads, shape[2] / heads]).permuted([0, 2, 1, 3])
  }

  /// Returns Σ_j softmax_j(score(i, j)) · v_j for all queries i, `[N, Q, D]`, with the heads joined again.
  ///
  /// - Parameters:
  ///   - queries: `[N, heads, Q, d]`.
  ///   - keys: `[N, heads, S, d]`.
  ///   - values: `[N, heads, S, d']`.
  ///   - scoresAtOnce: how many scores a piece holds at most, over samples and heads.
  ///   - adjust: returns the scores of some queries, `[N, heads, q, S]`, with masks and biases, given their dot products, their numbers and themselves.
  package static func output(
    queries: Tensor, keys: Tensor, values: Tensor, scoresAtOnce: Int = scoresAtOnce,
    adjust: (_ scores: Tensor, _ range: Range<Int>, _ queries: Tensor) throws -> Tensor
  ) throws -> Tensor {
    let (shape, count, width) = (queries.shape, keys.shape[2], values.shape[3])
    let transposed = try keys.permuted([0, 1, 3, 2])
    let step = max(1, scoresAtOnce / max(1, shape[0] * shape[1] * count))
    let pieces = try stride(from: 0, to: shape[2], by: step).map { start in
      let range = start..<min(start + step, shape[2])
      let own = try queries.narrowed(2, from: range.lowerBound, length: range.count)
      let scores = try adjust(own.multiplied(byMatrix: transposed), range, own)
      return try scores.softmax(over: 3).multiplied(byMatrix: values)
    }
    let joined = pieces.count == 1 ? pieces[0] : try Tensor.concatenated(pieces, along: 2)
    return try joined.permuted([0, 2, 1, 3]).reshaped([shape[0], shape[2], shape[1] * width])
  }
}
