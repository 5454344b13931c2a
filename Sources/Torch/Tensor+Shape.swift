public import Weights

/// The order of the elements of an `[N, C, H, W]` tensor in memory.
public enum MemoryFormat: Int, Sendable {
  /// N, C, H, W.
  case contiguous = 0
  /// N, H, W, C.
  case channelsLast = 2
}

extension Tensor {
  /// Returns the elements with another shape of as many; −1 stands for what is left.
  public func reshaped(_ shape: [Int]) throws(TorchError) -> Tensor { try Operators.reshape(self, shape) }
  /// Returns the dimensions in another order.
  public func permuted(_ order: [Int]) throws(TorchError) -> Tensor { try Operators.permute(self, order) }
  /// Returns the tensor repeated along its dimensions of size 1, without a copy.
  public func expanded(_ shape: [Int]) throws(TorchError) -> Tensor { try Operators.expand(self, shape) }
  /// Returns `length` slices of `dimension` from `start` on, without a copy.
  public func narrowed(_ dimension: Int, from start: Int, length: Int) throws(TorchError) -> Tensor {
    try Operators.narrow(self, dimension, start, length)
  }
  /// Returns one slice of `dimension`, which is dropped.
  public func selected(_ dimension: Int, _ index: Int) throws(TorchError) -> Tensor { try Operators.select(self, dimension, index) }
  /// Returns the elements that `places`, an int64 tensor of as many dimensions, names along `dimension`; of its shape.
  public func gathered(along dimension: Int, at places: Tensor) throws(TorchError) -> Tensor {
    try Operators.gather(self, dimension, places)
  }
  /// Returns the slices along `dimension` that `places`, an int64 vector, names, one after the other.
  public func slices(along dimension: Int, at places: Tensor) throws(TorchError) -> Tensor {
    try Operators.indexSelect(self, dimension, places)
  }
  /// Overwrites the slices along `dimension` that `places`, an int64 vector, names with those of `other`, one after the other.
  public func assignSlices(along dimension: Int, at places: Tensor, _ other: Tensor) throws(TorchError) {
    try Operators.indexCopyInPlace(self, dimension, places, other)
  }
  /// Returns a copy in which the slices along `dimension` that `places`, an int64 vector, names are those of `other`, one after the other.
  public func withSlices(along dimension: Int, at places: Tensor, _ other: Tensor) throws(TorchError) -> Tensor {
    try Operators.indexCopy(self, dimension, places, other)
  }
  /// Returns a copy with `value` where `mask` is true.
  public func filled(where mask: Tensor, with value: Double) throws(TorchError) -> Tensor { try Operators.maskedFill(self, mask, value) }
  /// Returns the tensor with `before` and `after` zeros at the ends of the second of its four dimensions.
  public func paddedChannels(before: Int, after: Int) throws(TorchError) -> Tensor {
    before == 0 && after == 0 ? self : try Operators.pad(self, [0, 0, 0, 0, before, after], 0.0)
  }
  /// Returns the tensors one after the other along `dimension`.
  public static func concatenated(_ tensors: [Tensor], along dimension: Int = 0) throws(TorchError) -> Tensor {
    try Operators.concatenate(tensors, dimension)
  }
  /// Returns the tensors one after the other along a new first dimension.
  public static func stacked(_ tensors: [Tensor]) throws(TorchError) -> Tensor { try Operators.stack(tensors, 0) }
  /// Returns an `[…, H, W]` tensor with borders of `value`; a negative width crops.
  public func padded(left: Int, right: Int, top: Int, bottom: Int, value: Double = 0) throws(TorchError) -> Tensor {
    try Operators.pad(self, [left, right, top, bottom], value)
  }
  /// Returns the tensor without gaps in the given order; itself when it is so already.
  public func contiguous(_ format: MemoryFormat = .contiguous) throws(TorchError) -> Tensor {
    try Operators.contiguous(self, format.rawValue)
  }
  /// Returns a copy.
  public func copy() throws(TorchError) -> Tensor { try Operators.clone(self) }
  /// Returns the elements as another type; itself when it has that type.
  public func to(_ type: ElementType) throws(TorchError) -> Tensor { try Operators.toType(self, type) }
  /// Returns the tensor on another device; itself when it is there.
  public func to(_ device: Device) throws(TorchError) -> Tensor {
    if device == self.device { return self }
    guard let elementType else { throw .elementType(expected: "a plain type", found: "another type") }
    return try Operators.toDevice(self, device, elementType)
  }
  /// Overwrites the elements with those of `other`, broadcast and converted.
  public func assign(_ other: Tensor) throws(TorchError) { try Operators.copyInPlace(self, other) }
  /// Overwrites the elements with zero.
  public func setZero() throws(TorchError) { try Operators.zeroInPlace(self) }
  /// Multiplies the elements by `factor` in place.
  public func scale(by factor: Double) throws(TorchError) { try Operators.multiplyInPlaceScalar(self, factor) }
}
