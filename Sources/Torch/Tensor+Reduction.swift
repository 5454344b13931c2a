extension Tensor {
  /// Returns the sum of all elements, with the shape `[]`.
  public func sum() throws(TorchError) -> Tensor { try Operators.sum(self) }
  /// Returns the sums over `dimensions`.
  public func sum(over dimensions: [Int], keeping: Bool = false) throws(TorchError) -> Tensor {
    try Operators.sumDimensions(self, dimensions, keeping)
  }
  /// Returns the mean of all elements, with the shape `[]`.
  public func mean() throws(TorchError) -> Tensor { try Operators.mean(self) }
  /// Returns the means over `dimensions`.
  public func mean(over dimensions: [Int], keeping: Bool = false) throws(TorchError) -> Tensor {
    try Operators.meanDimensions(self, dimensions, keeping)
  }
  /// Returns the largest element, with the shape `[]`.
  public func maximumElement() throws(TorchError) -> Tensor { try Operators.maximumElement(self) }
  /// Returns the place of the smallest element along one dimension, the first of several, as int64.
  public func placeOfMinimum(over dimension: Int) throws(TorchError) -> Tensor { try Operators.argmin(self, dimension, false) }
  /// Returns the places of the largest elements along `dimension`, the first of equal ones.
  public func placeOfMaximum(over dimension: Int) throws(TorchError) -> Tensor { try Operators.argmax(self, dimension, false) }
  /// Returns the `count` largest elements along the last dimension, by falling size.
  public func largest(_ count: Int) throws(TorchError) -> Tensor { try Operators.topK(self, count, -1, true, true) }
  /// Returns the tensor with mean 0 and variance 1 over the last dimension, times `weight` and plus `bias`.
  public func normalized(weight: Tensor, bias: Tensor) throws(TorchError) -> Tensor {
    try Operators.layerNorm(self, weight.shape, weight, bias, 1e-5, false)
  }
  /// Returns the product over one dimension.
  public func product(over dimension: Int) throws(TorchError) -> Tensor { try Operators.prod(self, dimension) }
  /// Returns the Euclidean norm of all elements, with the shape `[]`.
  public func norm() throws(TorchError) -> Tensor { try Operators.vectorNorm(self) }
}
