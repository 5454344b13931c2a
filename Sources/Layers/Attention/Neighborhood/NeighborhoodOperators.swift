import Torch

/// Attention to neighbours by operators of libtorch, on any device and in any precision; some places at a time, so that memory is bounded.
struct NeighborhoodOperators {
  let grid: NeighborhoodGrid
  let heads: Int
  /// How many numbers of gathered keys a piece holds at most.
  let elementsAtOnce: Int

  /// Returns `[N, C, H·W]` of queries, keys and values `[N, 3·C, H·W]` and of the biases `[heads, 2·k − 1, 2·k − 1]`.
  func attended(_ planes: Tensor, table: Tensor) throws -> Tensor {
    let (samples, width, places) = (planes.shape[0], planes.shape[1] / 3, grid.height * grid.width)
    let head = width / heads
    let window = grid.window.rows * grid.window.columns
    let parts = try planes.reshaped([samples, 3, heads, head, places])
    let queries = try parts.selected(1, 0) * (1 / Double(head).squareRoot())
    let (keys, values) = (try parts.selected(1, 1), try parts.selected(1, 2))
    let biases = try table.reshaped([heads, -1])
    let step = max(1, elementsAtOnce / max(1, samples * width * window))
    let pieces = try stride(from: 0, to: places, by: step).map { start in
      let range = start..<min(start + step, places)
      let neighbours = grid.neighbours(of: range)
      let seen = try Tensor(neighbours.places, shape: [neighbours.places.count]).to(planes.device)
      let relations = try Tensor(neighbours.relations, shape: [neighbours.relations.count]).to(planes.device)
      // [N, heads, d, places, window]
      func gathered(_ tensor: Tensor) throws -> Tensor {
        try tensor.slices(along: 3, at: seen).reshaped([samples, heads, head, range.count, window])
      }
      let own = try queries.narrowed(3, from: start, length: range.count).permuted([0, 1, 3, 2]).reshaped([samples, heads, -1, 1, head])
      let bias = try biases.slices(along: 1, at: relations).reshaped([1, heads, range.count, 1, window])
      let scores = try own.multiplied(byMatrix: gathered(keys).permuted([0, 1, 3, 2, 4])) + bias
      let output = try scores.softmax(over: 4).multiplied(byMatrix: gathered(values).permuted([0, 1, 3, 4, 2]))
      return try output.reshaped([samples, heads, range.count, head]).permuted([0, 1, 3, 2]).reshaped([samples, width, range.count])
    }
    return pieces.count == 1 ? pieces[0] : try Tensor.concatenated(pieces, along: 2)
  }
}
