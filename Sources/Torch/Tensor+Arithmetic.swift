extension Tensor {
  /// The sum of two tensors, broadcast.
  public static func + (left: Tensor, right: Tensor) throws(TorchError) -> Tensor { try Operators.add(left, right) }
  /// The tensor with a number added.
  public static func + (left: Tensor, right: Double) throws(TorchError) -> Tensor { try Operators.addScalar(left, right) }
  /// The difference of two tensors, broadcast.
  public static func - (left: Tensor, right: Tensor) throws(TorchError) -> Tensor { try Operators.subtract(left, right) }
  /// The tensor with a number taken off.
  public static func - (left: Tensor, right: Double) throws(TorchError) -> Tensor { try Operators.subtractScalar(left, right) }
  /// The product of two tensors, element by element, broadcast.
  public static func * (left: Tensor, right: Tensor) throws(TorchError) -> Tensor { try Operators.multiply(left, right) }
  /// The tensor times a number.
  public static func * (left: Tensor, right: Double) throws(TorchError) -> Tensor { try Operators.multiplyScalar(left, right) }
  /// The quotient of two tensors, element by element, broadcast.
  public static func / (left: Tensor, right: Tensor) throws(TorchError) -> Tensor { try Operators.divide(left, right) }
  /// The tensor divided by a number.
  public static func / (left: Tensor, right: Double) throws(TorchError) -> Tensor { try Operators.divideScalar(left, right) }
  /// The tensor with all signs changed.
  public static prefix func - (tensor: Tensor) throws(TorchError) -> Tensor { try Operators.negative(tensor) }

  /// Returns the absolute values.
  public func absolute() throws(TorchError) -> Tensor { try Operators.absolute(self) }
  /// Returns the squares.
  public func squared() throws(TorchError) -> Tensor { try Operators.square(self) }
  /// Returns the square roots.
  public func squareRoot() throws(TorchError) -> Tensor { try Operators.squareRoot(self) }
  /// Returns the reciprocals of the square roots.
  public func reciprocalSquareRoot() throws(TorchError) -> Tensor { try Operators.reciprocalSquareRoot(self) }
  /// Returns e to the power of the elements.
  public func exponential() throws(TorchError) -> Tensor { try Operators.exponential(self) }
  /// Returns the natural logarithms.
  public func logarithm() throws(TorchError) -> Tensor { try Operators.logarithm(self) }
  /// Returns the elements to the power of `exponent`.
  public func power(_ exponent: Double) throws(TorchError) -> Tensor { try Operators.power(self, exponent) }
  /// Returns the elements to the power of those of `exponent`, broadcast.
  public func power(_ exponent: Tensor) throws(TorchError) -> Tensor { try Operators.powerOfTensor(self, exponent) }
  /// Returns the nearest whole numbers, halves to even as PyTorch rounds.
  public func rounded() throws(TorchError) -> Tensor { try Operators.round(self) }
  /// Returns the smallest whole numbers that are not less.
  public func roundedUp() throws(TorchError) -> Tensor { try Operators.ceil(self) }
  /// Returns the largest whole numbers that are not more; their gradient is zero.
  public func roundedDown() throws(TorchError) -> Tensor { try Operators.floor(self) }
  /// Returns exp(x) over its sum along one dimension.
  public func softmax(over dimension: Int) throws(TorchError) -> Tensor { try Operators.softmax(self, dimension) }
  /// Returns the natural logarithms of ``softmax(over:)``.
  public func logarithmOfSoftmax(over dimension: Int) throws(TorchError) -> Tensor { try Operators.logSoftmax(self, dimension) }
  /// Returns the elements limited to a range.
  public func clamped(from lower: Double?, to upper: Double? = nil) throws(TorchError) -> Tensor { try Operators.clamp(self, lower, upper) }
  /// Returns the larger of both, element by element.
  public func maximum(_ other: Tensor) throws(TorchError) -> Tensor { try Operators.maximum(self, other) }
  /// Returns 1 / (1 + exp(−x)).
  public func sigmoid() throws(TorchError) -> Tensor { try Operators.sigmoid(self) }
  /// Returns the hyperbolic tangents.
  public func hyperbolicTangent() throws(TorchError) -> Tensor { try Operators.tanh(self) }
  /// Returns ln(1 + exp(x)).
  public func softplus() throws(TorchError) -> Tensor { try Operators.softplus(self) }
  /// Returns max(x, 0).
  public func rectified() throws(TorchError) -> Tensor { try Operators.relu(self) }
  /// Returns the elements, those below zero times `slope`.
  public func rectified(slope: Double) throws(TorchError) -> Tensor { try Operators.leakyRelu(self, slope) }
  /// Returns x·Φ(x) with the normal distribution function Φ, which a hyperbolic tangent can approximate.
  public func weightedByNormalDistribution(usingTanh: Bool = false) throws(TorchError) -> Tensor {
    try Operators.gelu(self, usingTanh ? "tanh" : "none")
  }
  /// Returns 1 − erf(x), the complementary error functions.
  public func complementaryErrorFunction() throws(TorchError) -> Tensor { try Operators.erfc(self) }
  /// Returns for each element how many of `boundaries` are less, as int32; NaN counts as larger than all of them.
  ///
  /// - Parameter boundaries: increasing numbers, a vector.
  public func positions(among boundaries: Tensor) throws(TorchError) -> Tensor { try Operators.bucketize(self, boundaries, true) }
  /// Returns where the elements are not less than those of `other`.
  public func isAtLeast(_ other: Tensor) throws(TorchError) -> Tensor { try Operators.greaterOrEqual(self, other) }
  /// Returns where the elements are less than `number`.
  public func isLess(than number: Double) throws(TorchError) -> Tensor { try Operators.lessScalar(self, number) }
  /// Returns where either of two truth tensors holds.
  public func or(_ other: Tensor) throws(TorchError) -> Tensor { try Operators.logicalOr(self, other) }
  /// Whether no element is infinite or not a number.
  public func isFinite() throws -> Bool { try Operators.all(Operators.isFinite(self)).item() != 0 }
}
