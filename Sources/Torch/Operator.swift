import CTorch

/// An operator of libtorch's dispatcher, callable like a function.
///
/// The name and overload are those of the operator's schema, for example `aten::add` and `Tensor`. Trailing arguments that are not given take the
/// schema's defaults. Gradients are recorded as usual.
public struct Operator: Sendable {
  private let name: String
  /// The dispatcher's handle as an integer: it lives as long as the program and is never changed.
  private let handle: Result<UInt, TorchError>

  /// Looks the operator up; a name that does not exist throws at the first call.
  public init(_ name: String, _ overload: String = "") {
    self.name = name
    handle = Result { () throws(TorchError) -> UInt in
      var found = bp_operator(ctx: nil)
      try Door.check(try Door.table().pointee.find_operator(name, overload, &found), name)
      return UInt(bitPattern: found.ctx)
    }
  }

  /// Calls the operator and returns its single tensor.
  ///
  /// - Throws: ``TorchError`` when libtorch refuses the arguments or fails.
  @discardableResult
  public func callAsFunction<each A: TorchArgument>(_ arguments: repeat each A) throws(TorchError) -> Tensor {
    var frame = ArgumentFrame()
    repeat (each arguments).append(to: &frame)
    let values = try run(frame)
    guard let first = values.first, let tensor = first.tensor else { throw .failed(operation: name, message: "it returned no tensor") }
    return tensor
  }

  /// Calls the operator and returns all its values; a returned list is laid out flat.
  ///
  /// - Throws: ``TorchError`` when libtorch refuses the arguments or fails.
  public func values<each A: TorchArgument>(_ arguments: repeat each A) throws(TorchError) -> [TorchValue] {
    var frame = ArgumentFrame()
    repeat (each arguments).append(to: &frame)
    return try run(frame)
  }

  private func run(_ frame: consuming ArgumentFrame) throws(TorchError) -> [TorchValue] {
    let frame = frame
    defer { frame.free() }
    let table = try Door.table()
    let operation = bp_operator(ctx: UnsafeMutableRawPointer(bitPattern: try handle.get()))
    return try withUnsafeTemporaryAllocation(of: bp_value.self, capacity: TorchValue.capacity) {
      (results) throws(TorchError) -> [TorchValue] in
      var count: Int64 = 0
      let status = table.pointee.call(
        operation, frame.values, Int64(frame.values.count), results.baseAddress, Int64(results.count), &count)
      try Door.check(status, name)
      return (0..<Int(count)).map { TorchValue(results[$0]) }
    }
  }
}

/// A value that an operator returned.
public enum TorchValue {
  /// A tensor, or an undefined one as nil.
  case tensor(Tensor?)
  /// A truth value.
  case bool(Bool)
  /// An integer.
  case int(Int)
  /// A floating-point number.
  case double(Double)
  /// Nothing (`None`).
  case none

  /// How many values one call can return.
  static let capacity = 256

  init(_ value: bp_value) {
    switch UInt32(bitPattern: value.tag) {
    case BP_TENSOR.rawValue: self = .tensor(Tensor(owning: bp_tensor(ctx: UnsafeMutableRawPointer(mutating: value.pointer))))
    case BP_BOOL.rawValue: self = .bool(value.integer != 0)
    case BP_INT.rawValue: self = .int(Int(value.integer))
    case BP_DOUBLE.rawValue: self = .double(value.real)
    default: self = .none
    }
  }

  /// The tensor, when the value is one.
  public var tensor: Tensor? {
    if case .tensor(let tensor) = self { tensor } else { nil }
  }
}
