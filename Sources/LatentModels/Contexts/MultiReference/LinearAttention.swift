import Torch

/// Attention whose cost grows with the number of places and not with its square, since keys are joined with values first.
///
///     context = softmax_places(K) · Vᵀ          output = contextᵀ · softmax_features(Q)          for each head
///
/// Shen, Zhang, Zhao, Yi, Li, "Efficient attention: attention with linear complexities", WACV 2021.
enum LinearAttention {
  /// Returns `[N, C, places]` of queries, keys and values, each `[N, C, places]`.
  ///
  /// - Parameters:
  ///   - hidden: which places give no keys, `[1, 1, 1, places]`; nil for none.
  static func output(queries: Tensor, keys: Tensor, values: Tensor, heads: Int, hidden: Tensor? = nil) throws -> Tensor {
    let shape = queries.shape
    func split(_ tensor: Tensor) throws -> Tensor { try tensor.reshaped([shape[0], heads, shape[1] / heads, shape[2]]) }
    let scores = try split(keys)
    let shares = try (hidden.map { try scores.filled(where: $0, with: -1e30) } ?? scores).softmax(over: 3)
    // [N, heads, d, d]: values by keys.
    let context = try split(values).multiplied(byMatrix: shares.permuted([0, 1, 3, 2]))
    return try context.multiplied(byMatrix: split(queries).softmax(over: 2)).reshaped(shape)
  }
}
