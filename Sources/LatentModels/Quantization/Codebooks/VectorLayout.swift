import Torch

/// How a latent `[N, G·d, H, W]` is divided into vectors: at each place one for each group of d adjacent channels.
struct VectorLayout {
  /// G.
  let groups: Int
  /// d.
  let dimension: Int

  /// Returns the vectors `[G, N·H·W, d]` of a latent `[N, G·d, H, W]`.
  func vectors(of latent: Tensor) throws -> Tensor {
    let shape = latent.shape
    let places = shape[2] * shape[3]
    return try latent.reshaped([shape[0], groups, dimension, places]).permuted([1, 0, 3, 2]).reshaped([
      groups, shape[0] * places, dimension,
    ])
  }

  /// Returns the latent of a shape of its vectors.
  func latent(of vectors: Tensor, shape: [Int]) throws -> Tensor {
    try vectors.reshaped([groups, shape[0], shape[2] * shape[3], dimension]).permuted([1, 0, 3, 2]).reshaped(shape)
  }

  /// Returns one number for each vector, `[G, N·H·W]`, as `[N, G, H, W]`.
  func perPlace(_ numbers: Tensor, shape: [Int]) throws -> Tensor {
    try numbers.reshaped([groups, shape[0], shape[2], shape[3]]).permuted([1, 0, 2, 3])
  }
}

extension Codebook {
  /// How its vectors lie in a latent.
  var layout: VectorLayout { VectorLayout(groups: groups, dimension: dimension) }
}
