import Layers
import Torch
import Weights

extension EntropyBottleneck {
  /// Returns the likelihood of each element of an `[N, C, H, W]` tensor, bounded below by 1e-9.
  func likelihoods(of values: Tensor) throws -> Tensor {
    let shape = values.shape
    if width == nil, Kernels.take(values), Kernels.take(bound.tensor), shape.count == 4, shape[1] == channels,
      let kernel = FactorizedDensityKernel(widths: widths, bound: try Float(bound.tensor.item()))
    {
      return try kernel.apply(values, parameters: stageParameters())
    }
    let columns = try values.permuted([1, 0, 2, 3]).reshaped([channels, 1, -1])  // [C, 1, N·H·W]
    let bounded = try LowerBound.apply(unboundedLikelihoods(of: columns), bound: bound.tensor)
    return try bounded.reshaped([channels, shape[0], shape[2], shape[3]]).permuted([1, 0, 2, 3])
  }

  /// Returns softplus(H), b and tanh(a) of all stages, those of a channel side by side: `[C, P]`.
  private func stageParameters() throws -> Tensor {
    var parts: [Tensor] = []
    for stage in matrices.indices {
      parts += [try matrices[stage].tensor.softplus(), biases[stage].tensor]
      if stage < factors.count { parts.append(try factors[stage].tensor.hyperbolicTangent()) }
    }
    return try Tensor.concatenated(parts.map { try $0.reshaped([channels, -1]) }, along: 1)
  }

  /// Returns c(v + Δ/2) − c(v − Δ/2) for a `[C, 1, K]` tensor.
  func unboundedLikelihoods(of columns: Tensor) throws -> Tensor {
    let width = try width.map { try $0.count == 1 ? $0 : $0.reshaped([channels, 1, 1]) }
    let upper = try width.map { try columns + $0 * 0.5 } ?? columns + 0.5
    let lower = try width.map { try columns - $0 * 0.5 } ?? columns - 0.5
    return try cumulativeLogits(upper).sigmoid() - cumulativeLogits(lower).sigmoid()
  }

  /// Returns the logits of the cumulative for a `[C, 1, K]` tensor.
  func cumulativeLogits(_ columns: Tensor, trainingDensity: Bool = true) throws -> Tensor {
    func value(_ parameter: Parameter) throws -> Tensor { trainingDensity ? parameter.tensor : try parameter.tensor.detached() }
    var logits = columns
    for stage in matrices.indices {
      logits = try value(matrices[stage]).softplus().multiplied(byMatrix: logits) + value(biases[stage])  // [C, d(k+1), K]
      if stage < factors.count { logits = try logits + value(factors[stage]).hyperbolicTangent() * logits.hyperbolicTangent() }
    }
    return logits
  }
}
