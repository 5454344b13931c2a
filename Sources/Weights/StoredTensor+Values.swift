extension StoredTensor {
  /// Creates a `float32` tensor; `values` are in row-major order and as many as `shape` says.
  public init(_ values: [Float], shape: [Int]) {
    self.init(type: .float32, shape: shape, bytes: Self.littleEndian(values.lazy.map(\.bitPattern)))
  }

  /// Creates an `int32` tensor; `values` are in row-major order and as many as `shape` says.
  public init(_ values: [Int32], shape: [Int]) {
    self.init(type: .int32, shape: shape, bytes: Self.littleEndian(values))
  }

  /// The elements as `Float`, rounded from `float64`; nothing when the elements are not floating-point numbers.
  public var floats: [Float]? {
    switch type {
    case .float32: integers(UInt32.self).map { Float(bitPattern: $0) }
    case .float64: integers(UInt64.self).map { Float(Double(bitPattern: $0)) }
    case .float16: integers(UInt16.self).map { Float(SmallFloat.float16.value($0)) }
    case .bfloat16: integers(UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    case .int64, .int32, .int16, .int8, .uint8, .bool: nil
    }
  }

  /// The elements as `Int`; nothing when they are not integers or truth values.
  public var integers: [Int]? {
    switch type {
    case .int64: integers(Int64.self).map { Int($0) }
    case .int32: integers(Int32.self).map { Int($0) }
    case .int16: integers(Int16.self).map { Int($0) }
    case .int8: integers(Int8.self).map { Int($0) }
    case .uint8, .bool: bytes.map { Int($0) }
    case .float64, .float32, .float16, .bfloat16: nil
    }
  }

  /// Returns the elements converted to another floating-point type, each to the nearest value, ties to even.
  ///
  /// Subnormal numbers, infinities and signed zeros are kept; what is too large becomes infinite. A tensor whose elements are not
  /// floating-point numbers is returned as it is.
  public func converted(to target: ElementType) -> StoredTensor {
    precondition(target.isFloatingPoint, "\(target) is not a floating-point type")
    if target == type || !type.isFloatingPoint { return self }
    let values = doubles
    let bytes =
      switch target {
      case .float64: Self.littleEndian(values.lazy.map(\.bitPattern))
      case .float16: Self.littleEndian(values.lazy.map { SmallFloat.float16.bits(nearest: $0) })
      case .bfloat16: Self.littleEndian(values.lazy.map { SmallFloat.bfloat16.bits(nearest: $0) })
      default: Self.littleEndian(values.lazy.map { Float($0).bitPattern })
      }
    return StoredTensor(type: target, shape: shape, bytes: bytes)
  }

  /// The floating-point elements, exact.
  private var doubles: [Double] {
    switch type {
    case .float64: integers(UInt64.self).map { Double(bitPattern: $0) }
    case .float16: integers(UInt16.self).map { SmallFloat.float16.value($0) }
    default: (floats ?? []).map { Double($0) }
    }
  }

  private func integers<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type) -> [Integer] {
    bytes.withUnsafeBytes { buffer in
      (0..<elementCount).map {
        Integer(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Integer>.size, as: Integer.self))
      }
    }
  }

  private static func littleEndian(_ values: some Collection<some FixedWidthInteger>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 8)
    for value in values { withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) } }
    return bytes
  }
}
