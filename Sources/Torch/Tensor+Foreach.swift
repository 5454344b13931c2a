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

  /// Limits the elements of all tensors to −`bound` … `bound` in place.
  public static func limit(_ tensors: [Tensor], to bound: Double) throws(TorchError) {
    _ = try Operators.foreachClampMaximum.values(tensors, bound)
    _ = try Operators.foreachClampMinimum.values(tensors, -bound)
  }

  /// Moves the elements of all tensors towards those of `targets` by `share` of the distance, in place.
  public static func interpolate(_ tensors: [Tensor], towards targets: [Tensor], by share: Double) throws(TorchError) {
    _ = try Operators.foreachLerp.values(tensors, targets, share)
  }

  /// One step of Adam for many tensors in place, in libtorch's fused form.
  ///
  /// - Parameters:
  ///   - values: the parameters.
  ///   - gradients: their gradients.
  ///   - means: the first moments.
  ///   - squares: the second moments.
  ///   - step: the number of the update counted from 1, as a float32 tensor of the shape `[]`.
  ///   - rate: the learning rate.
  public static func fusedAdam(
    _ values: [Tensor], _ gradients: [Tensor], _ means: [Tensor], _ squares: [Tensor], _ step: Tensor, _ rate: Double,
    _ numbers: AdamNumbers
  ) throws(TorchError) {
    try adam(Operators.fusedAdam, values, gradients, means, squares, step, rate, numbers)
  }

  /// One step of AdamW, as ``fusedAdam(_:_:_:_:_:_:_:)``.
  public static func fusedAdamW(
    _ values: [Tensor], _ gradients: [Tensor], _ means: [Tensor], _ squares: [Tensor], _ step: Tensor, _ rate: Double,
    _ numbers: AdamNumbers
  ) throws(TorchError) {
    try adam(Operators.fusedAdamW, values, gradients, means, squares, step, rate, numbers)
  }

  private static func adam(
    _ operation: Operator, _ values: [Tensor], _ gradients: [Tensor], _ means: [Tensor], _ squares: [Tensor], _ step: Tensor,
    _ rate: Double, _ numbers: AdamNumbers
  ) throws(TorchError) {
    let steps = [Tensor](repeating: step, count: values.count)
    let none: [Tensor] = []
    _ = try operation.values(
      values, gradients, means, squares, none, steps, rate, numbers.beta1, numbers.beta2, numbers.weightDecay, numbers.epsilon, false, false
    )
  }

  /// One step of stochastic gradient descent for many tensors in place, in libtorch's fused form.
  ///
  /// - Parameters:
  ///   - momentumBuffers: the running sums of the gradients; empty without momentum.
  ///   - isFirst: whether the buffers are still to be filled.
  public static func fusedSGD(
    _ values: [Tensor], gradients: [Tensor], momentumBuffers: [Tensor], weightDecay: Double, momentum: Double, rate: Double,
    dampening: Double, nesterov: Bool, isFirst: Bool
  ) throws(TorchError) {
    _ = try Operators.fusedSGD.values(
      values, gradients, momentumBuffers, weightDecay, momentum, rate, dampening, nesterov, false, isFirst)
  }
}

/// The numbers of Adam but the learning rate.
public struct AdamNumbers: Sendable, Equatable {
  /// The decay of the first moment.
  public let beta1: Double
  /// The decay of the second moment.
  public let beta2: Double
  /// The decay of the weights.
  public let weightDecay: Double
  /// The number added to the denominator.
  public let epsilon: Double

  /// Creates the numbers.
  public init(beta1: Double, beta2: Double, weightDecay: Double, epsilon: Double) {
    (self.beta1, self.beta2, self.weightDecay, self.epsilon) = (beta1, beta2, weightDecay, epsilon)
  }
}
