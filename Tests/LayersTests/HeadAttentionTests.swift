import Layers
import Testing
import Torch

struct HeadAttentionTests {
  private func random(_ shape: [Int], seed: UInt64) throws -> Tensor { try Tensor.uniform(shape, in: -2...2, seed: seed) }

  /// Memory is bounded by working on some queries at a time, which must change nothing.
  @Test(arguments: [1, 2 * 3 * 11, 2 * 3 * 11 * 4, 1 << 20]) func piecesAreTheWhole(scoresAtOnce: Int) throws {
    let (queries, keys, values) = (
      try random([2, 3, 10, 4], seed: 1), try random([2, 3, 11, 4], seed: 2), try random([2, 3, 11, 5], seed: 3)
    )
    var seen: [Int] = []
    let output = try HeadAttention.output(queries: queries, keys: keys, values: values, scoresAtOnce: scoresAtOnce) { scores, range, own in
      #expect(scores.shape == [2, 3, range.count, 11] && own.shape == [2, 3, range.count, 4])
      seen += Array(range)
      return scores
    }
    #expect(seen == Array(0..<10))
    let whole = try queries.multiplied(byMatrix: keys.permuted([0, 1, 3, 2])).softmax(over: 3).multiplied(byMatrix: values)
      .permuted([0, 2, 1, 3]).reshaped([2, 10, 15])
    #expect(output.shape == whole.shape)
    #expect(try (output - whole).absolute().maximumElement().item() < 1e-5)
  }

  /// Heads are runs of features, and joining is the way back.
  @Test func headsAreSplitAndJoined() throws {
    let tokens = try random([1, 3, 6], seed: 4)
    let heads = try HeadAttention.split(tokens, heads: 2)
    #expect(heads.shape == [1, 2, 3, 3])
    // A token that sees itself alone stays what it is.
    let output = try HeadAttention.output(queries: heads, keys: heads, values: heads) { scores, _, _ in
      try scores * 0.0 + (Tensor.identity(3) - 1) * 1e9
    }
    #expect(try output.elements() == tokens.elements())
  }
}
