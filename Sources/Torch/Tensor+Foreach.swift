extension Tensor {
  /// Returns the Euclidean norm over all elements of all tensors, with the shape `[]`.
  public static func totalNorm(of tensors: [Tensor]) throws(TorchError) -> Tensor {
    let norms = try Operators.foreachNorm.values(tensors, 2).compactMap(\.tensor)
    return try stacked(norms).norm()
  }

  /// Multiplies the elements of all tensors by `factor` in place.
  public static func scale(_ tensors: [Tensor], by factor: Double) throws(TorchError) {
    _ = try Operators.foreachMultiply.values(tensors, factor)
  }

  /// One step of Adam for many tensors in place, in libtorch's fused form.
  ///
  /// - Parameter step: the number of the update counted from 1, as a float32 tensor of the shape `[]`.
  public static func fusedAdam(
    _ values: [Tensor], gradients: [Tensor], means: [Tensor], squares: [Tensor], step: Tensor, rate: Double, beta1: Double, beta2: Double,
    weightDecay: Double, epsilon: Double
  ) throws(TorchError) {
    let steps = [Tensor](repeating: step, count: values.count)
    let none: [Tensor] = []
    _ = try Operators.fusedAdam.values(
      values, gradients, means, squares, none, steps, rate, beta1, beta2, weightDecay, epsilon, false, false)
  }
}
