/// A tensor as raw bytes, independent of any tensor library.
public struct StoredTensor: Sendable, Equatable {
  /// The number type of the elements.
  public let type: ElementType
  /// The sizes of the dimensions, outermost first; empty for a scalar.
  public let shape: [Int]
  /// The elements in row-major order without gaps, each little endian; `elementCount × type.byteCount` bytes.
  public let bytes: [UInt8]

  /// Creates a tensor from its type, shape and bytes; the byte count must follow from the type and the shape.
  public init(type: ElementType, shape: [Int], bytes: [UInt8]) {
    precondition(
      ElementCount.bytes(shape: shape, type: type) == bytes.count,
      "a tensor of type \(type) and shape \(shape) does not take \(bytes.count) bytes")
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }

  /// The number of elements, 1 for a scalar.
  public var elementCount: Int { bytes.count / type.byteCount }
}

/// Element counts of shapes that come from files, where a product may overflow.
enum ElementCount {
  /// Returns the product of `shape`, or nothing when a size is negative or the product does not fit.
  static func of(_ shape: [Int]) -> Int? {
    var count = 1
    for size in shape {
      guard size >= 0 else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      count = product
    }
    return count
  }

  /// Returns the bytes that a tensor of `shape` takes, or nothing when the number does not fit.
  static func bytes(shape: [Int], type: ElementType) -> Int? {
    guard let count = of(shape) else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: type.byteCount)
    return overflow ? nil : product
  }
}
