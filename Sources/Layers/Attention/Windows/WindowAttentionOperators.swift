import Torch

/// Attention within windows by operators of libtorch, on any device and in any precision.
///
/// All windows have one size, in which what lies outside of the picture is hidden; some of them are worked on at a time, so that memory is bounded.
struct WindowAttentionOperators {
  let places: WindowPlaces
  let heads: Int
  /// The number in the table of each pair of places, by query and key, `[w⁴]`.
  let relations: Tensor
  /// How many scores a piece holds at most.
  let scoresAtOnce: Int

  /// Returns `[N, H, W, C]` of queries, keys and values `[N, H, W, 3·C]` and of the biases `[(2·w − 1)², heads]`.
  func attended(_ tokens: Tensor, table: Tensor) throws -> Tensor {
    let (samples, width, area) = (tokens.shape[0], tokens.shape[3] / 3, places.grid.window * places.grid.window)
    let head = width / heads
    let biases = try table.slices(along: 0, at: relations).permuted([1, 0]).reshaped([1, 1, heads, area, area])
    // [3, N, windows, heads, w², d]
    let parts = try tokens.reshaped([samples, -1, 3 * width]).slices(along: 1, at: places.places)
      .reshaped([samples, places.count, area, 3, heads, head]).permuted([3, 0, 1, 4, 2, 5])
    let queries = try parts.selected(0, 0) * (1 / Double(head).squareRoot())
    let (keys, values) = (try parts.selected(0, 1).permuted([0, 1, 2, 4, 3]), try parts.selected(0, 2))
    let step = max(1, scoresAtOnce / max(1, samples * heads * area * area))
    let pieces = try stride(from: 0, to: places.count, by: step).map { start in
      let count = min(step, places.count - start)
      func piece(_ tensor: Tensor) throws -> Tensor { try tensor.narrowed(1, from: start, length: count) }
      let scores = try piece(queries).multiplied(byMatrix: piece(keys)) + biases
      let seen = try places.outside.map { try scores.filled(where: $0.narrowed(0, from: start, length: count), with: -1e30) } ?? scores
      return try seen.softmax(over: 4).multiplied(byMatrix: piece(values))
    }
    let joined = pieces.count == 1 ? pieces[0] : try Tensor.concatenated(pieces, along: 1)
    return try joined.permuted([0, 1, 3, 2, 4]).reshaped([samples, -1, width]).slices(along: 1, at: places.positions)
      .reshaped([samples, places.height, places.width, width])
  }
}
