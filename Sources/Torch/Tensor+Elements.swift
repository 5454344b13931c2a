import CTorch
public import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Tensor {
  /// Creates a tensor on the CPU whose memory `fill` writes: no copy is made.
  ///
  /// - Throws: ``TorchError``, or what `fill` throws.
  public static func make<Element: TensorElement>(
    _ type: Element.Type, shape: [Int], _ fill: (UnsafeMutableBufferPointer<Element>) throws -> Void
  ) throws -> Tensor {
    let tensor = try empty(shape, type: Element.elementType)
    try fill(UnsafeMutableBufferPointer(start: try tensor.memory().assumingMemoryBound(to: Element.self), count: tensor.count))
    return tensor
  }

  /// Creates a tensor on the CPU with a copy of `elements` in row-major order.
  ///
  /// - Throws: ``TorchError`` when the number of elements is not that of the shape.
  public convenience init<Element: TensorElement>(_ elements: [Element], shape: [Int]) throws {
    guard elements.count == shape.reduce(1, *) else {
      throw TorchError.shape(operation: "a tensor of \(elements.count) elements", expected: "of as many", found: shape)
    }
    let tensor = try Tensor.make(Element.self, shape: shape) { _ = $0.update(fromContentsOf: elements) }
    try self.init(sharing: tensor)
  }

  /// Creates a tensor with the shape `[]` that holds one number.
  public convenience init<Element: TensorElement>(scalar: Element) throws { try self.init([scalar], shape: []) }

  /// Calls `body` with the elements in row-major order; copies only when the tensor is elsewhere or laid out otherwise.
  ///
  /// - Throws: ``TorchError/elementType(expected:found:)`` when the elements have another type, and what `body` throws.
  public func withElements<Element: TensorElement, Result>(
    _ type: Element.Type, _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) throws -> Result {
    guard elementType == Element.elementType else {
      throw TorchError.elementType(expected: Element.elementType.rawValue, found: elementType?.rawValue ?? "another type")
    }
    let local = try (device == .cpu ? self : to(.cpu)).contiguous()
    return try withExtendedLifetime(local) {
      try body(UnsafeBufferPointer(start: try local.memory().assumingMemoryBound(to: Element.self), count: local.count))
    }
  }

  /// Returns a copy of the elements in row-major order.
  public func elements<Element: TensorElement>(_ type: Element.Type = Float.self) throws -> [Element] {
    try withElements(type) { Array($0) }
  }

  /// The single element of a tensor of one, as a `Double`.
  ///
  /// - Throws: ``TorchError`` when there are several.
  public func item() throws -> Double {
    guard count == 1 else { throw TorchError.shape(operation: "item", expected: "of one element", found: shape) }
    return try to(.float64).withElements(Double.self) { $0[0] }
  }

  /// The bytes in row-major order with type and shape, ready to be stored.
  public func stored() throws -> StoredTensor {
    guard let elementType else { throw TorchError.elementType(expected: "a plain type", found: "another type") }
    let local = try (device == .cpu ? self : to(.cpu)).contiguous()
    let byteCount = local.count * elementType.byteCount
    let bytes = try withExtendedLifetime(local) {
      Array(UnsafeRawBufferPointer(start: try local.memory(), count: byteCount))
    }
    return StoredTensor(type: elementType, shape: shape, bytes: bytes)
  }

  /// Creates a tensor on the CPU from stored bytes.
  public convenience init(_ stored: StoredTensor) throws {
    let tensor = try Tensor.empty(stored.shape, type: stored.type)
    let memory = try tensor.memory()
    stored.bytes.withUnsafeBytes { source in
      if let base = source.baseAddress, source.count > 0 { memcpy(memory, base, source.count) }
    }
    try self.init(sharing: tensor)
  }

  /// Creates another owner of the same tensor.
  convenience init(sharing other: Tensor) throws(TorchError) {
    let table = try Door.table()
    self.init(owningDefined: other.withHandle { table.pointee.retain($0) })
  }

  func memory() throws(TorchError) -> UnsafeMutableRawPointer {
    var pointer: UnsafeMutableRawPointer?
    let table = try Door.table()
    try Door.check(withHandle { table.pointee.data($0, &pointer) }, "data")
    // A tensor without elements may have no memory; any aligned address serves then.
    guard let address = pointer ?? UnsafeMutableRawPointer(bitPattern: 64) else {
      throw .failed(operation: "data", message: "the tensor has no memory")
    }
    return address
  }
}
