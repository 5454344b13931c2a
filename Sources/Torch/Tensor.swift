import CTorch
public import Weights

/// A libtorch tensor: shared, reference counted, not `Sendable`.
///
/// Image tensors have the shape `[N, C, H, W]`. Tensor code is synchronous: gradient mode belongs to the thread.
public final class Tensor {
  private let handle: bp_tensor

  /// Takes over one reference of a defined tensor.
  init(owningDefined handle: bp_tensor) {
    precondition(handle.ctx != nil, "an undefined tensor has no owner")
    self.handle = handle
  }

  /// Takes over one reference; nil for an undefined tensor.
  convenience init?(owning handle: bp_tensor) {
    guard handle.ctx != nil else { return nil }
    self.init(owningDefined: handle)
  }

  deinit {
    // A tensor exists, so the door is open.
    if let table = try? Door.table() { table.pointee.release(handle) }
  }

  /// Lends the handle to `body`; the tensor lives at least until it returns, which the bare handle would not ensure.
  func withHandle<Result, Failure>(_ body: (bp_tensor) throws(Failure) -> Result) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(handle)
  }

  /// Lends the handles of `tensors`, undefined ones for nil, to `body`.
  static func withHandles<Result, Failure>(
    _ tensors: [Tensor?], _ body: ([bp_tensor]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(tensors) {} }
    return try body(tensors.map { $0?.handle ?? bp_tensor(ctx: nil) })
  }

  /// The sizes of all dimensions.
  public var shape: [Int] {
    query { table, count in
      [Int64](unsafeUninitializedCapacity: count) { buffer, filled in
        if let base = buffer.baseAddress { withHandle { table.pointee.sizes($0, base) } }
        filled = count
      }.map(Int.init)
    } ?? []
  }

  /// The distance between neighbours along each dimension, in elements.
  public var strides: [Int] {
    query { table, count in
      [Int64](unsafeUninitializedCapacity: count) { buffer, filled in
        if let base = buffer.baseAddress { withHandle { table.pointee.strides($0, base) } }
        filled = count
      }.map(Int.init)
    } ?? []
  }

  /// The number of elements.
  public var count: Int { query { table, _ in withHandle { Int(table.pointee.element_count($0)) } } ?? 0 }

  /// The type of the elements; nil for a type that Benchpresso does not use.
  public var elementType: ElementType? {
    query { table, _ in withHandle { ElementType(code: Int(table.pointee.element_type($0))) } } ?? nil
  }

  /// The device that holds the elements.
  public var device: Device {
    guard let table = try? Door.table() else { return .cpu }
    var buffer = [CChar](repeating: 0, count: 64)
    guard withHandle({ table.pointee.device_name($0, &buffer, 64) }) == 0 else { return .cpu }
    return Device(buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "cpu" })
  }

  /// Whether the elements lie in row-major order without gaps.
  public var isContiguous: Bool { query { table, _ in withHandle { table.pointee.is_contiguous($0, false) } } ?? true }

  /// Whether the elements of an `[N, C, H, W]` tensor lie in the order N, H, W, C without gaps.
  public var isChannelsLast: Bool { query { table, _ in withHandle { table.pointee.is_contiguous($0, true) } } ?? false }

  private func query<Result>(_ body: (UnsafePointer<bp_door>, Int) -> Result) -> Result? {
    guard let table = try? Door.table() else { return nil }
    return body(table, withHandle { Int(table.pointee.dimensions($0)) })
  }
}

extension Tensor: CustomStringConvertible {
  /// The element type and shape, for messages.
  public var description: String { "\(elementType?.rawValue ?? "unknown")\(shape)" }
}
