public import Weights

extension Tensor {
  /// Returns a tensor whose elements are not set.
  public static func empty(_ shape: [Int], type: ElementType = .float32, device: Device = .cpu) throws(TorchError) -> Tensor {
    try Operators.empty(shape, type, Int?.none, device)
  }

  /// Returns a tensor of this one's shape and order of elements, of 32-bit numbers on the CPU that are not set.
  public func emptyLike() throws(TorchError) -> Tensor {
    let format: MemoryFormat = !isContiguous && isChannelsLast ? .channelsLast : .contiguous
    return try Operators.empty(shape, ElementType.float32, Int?.none, Device.cpu, Bool?.none, format.rawValue)
  }

  /// Returns a tensor of zeros.
  public static func zeros(_ shape: [Int], type: ElementType = .float32, device: Device = .cpu) throws(TorchError) -> Tensor {
    try Operators.zeros(shape, type, Int?.none, device)
  }

  /// Returns a tensor filled with `value`.
  public static func full(_ shape: [Int], _ value: Double, type: ElementType = .float32, device: Device = .cpu) throws(TorchError) -> Tensor
  {
    try Operators.full(shape, value, type, Int?.none, device)
  }

  /// Returns the `size` by `size` identity matrix.
  public static func identity(_ size: Int) throws(TorchError) -> Tensor { try Operators.eye(size, ElementType.float32) }

  /// Returns the numbers `0 ..< count` as a vector.
  public static func range(_ count: Int, type: ElementType = .float32, device: Device = .cpu) throws(TorchError) -> Tensor {
    try Operators.arange(count, type, Int?.none, device)
  }

  /// Returns a tensor of zeros with this one's shape, type and device.
  public func zerosLike() throws(TorchError) -> Tensor { try Operators.zerosLike(self) }

  /// Returns numbers drawn uniformly from `range` with a fresh generator of `seed`; drawn on the CPU, so that every device sees the same.
  public static func uniform(_ shape: [Int], in range: ClosedRange<Double>, seed: UInt64) throws(TorchError) -> Tensor {
    let tensor = try empty(shape)
    try Operators.uniformInPlace(tensor, range.lowerBound, range.upperBound, GeneratorSeed(seed))
    return tensor
  }

  /// Returns numbers drawn from the normal distribution with a fresh generator of `seed`.
  public static func normal(_ shape: [Int], mean: Double = 0, standardDeviation: Double = 1, seed: UInt64) throws(TorchError) -> Tensor {
    let tensor = try empty(shape)
    try Operators.normalInPlace(tensor, mean, standardDeviation, GeneratorSeed(seed))
    return tensor
  }
}
