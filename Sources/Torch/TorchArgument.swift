import CTorch
public import Weights

/// A Swift value that can be an argument of an ``Operator``.
public protocol TorchArgument {
  /// Writes the value as the next argument.
  func append(to frame: inout ArgumentFrame)
}

/// The arguments of one call, laid out for the door.
///
/// The frame keeps its tensors alive until ``free()``.
public struct ArgumentFrame {
  var values: [bp_value] = []
  private var owned: [UnsafeMutableRawPointer] = []
  private var tensors: [Tensor] = []

  init() { values.reserveCapacity(10) }

  mutating func append(_ tag: bp_tag, integer: Int64 = 0, real: Double = 0, pointer: UnsafeRawPointer? = nil) {
    values.append(bp_value(tag: Int32(bitPattern: tag.rawValue), integer: integer, real: real, pointer: pointer))
  }

  mutating func append<T: BitwiseCopyable>(_ tag: bp_tag, list: [T]) {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: max(list.count, 1))
    memory.initialize(from: list, count: list.count)
    owned.append(UnsafeMutableRawPointer(memory))
    append(tag, integer: Int64(list.count), pointer: UnsafeRawPointer(memory))
  }

  mutating func append(_ tensor: Tensor) {
    tensors.append(tensor)
    tensor.withHandle { append(BP_TENSOR, pointer: UnsafeRawPointer($0.ctx)) }
  }

  mutating func append(_ list: [Tensor]) {
    tensors.append(contentsOf: list)
    Tensor.withHandles(list) { append(BP_TENSORS, list: $0) }
  }

  mutating func append(_ tag: bp_tag, text: String) {
    append(tag, list: Array(text.utf8CString))
  }

  /// Ends the lifetime of everything in the frame.
  func free() {
    withExtendedLifetime(tensors) {}
    for memory in owned { memory.deallocate() }
  }
}

extension Tensor: TorchArgument {
  /// Passes the tensor.
  public func append(to frame: inout ArgumentFrame) { frame.append(self) }
}

extension Optional: TorchArgument where Wrapped: TorchArgument {
  /// Passes the value, or `None`.
  public func append(to frame: inout ArgumentFrame) {
    if let self { self.append(to: &frame) } else { frame.append(BP_NONE) }
  }
}

extension Bool: TorchArgument {
  /// Passes a truth value.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_BOOL, integer: self ? 1 : 0) }
}

extension Int: TorchArgument {
  /// Passes an integer, or a whole floating-point number where the schema wants one.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_INT, integer: Int64(self)) }
}

extension Double: TorchArgument {
  /// Passes a floating-point number.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_DOUBLE, real: self) }
}

extension String: TorchArgument {
  /// Passes a text.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_STRING, text: self) }
}

extension Device: TorchArgument {
  /// Passes the device.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_DEVICE, text: name) }
}

extension ElementType: TorchArgument {
  /// Passes the element type.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_INT, integer: Int64(code)) }
}

/// An element of a list argument.
public protocol TorchListElement {
  /// Writes `list` as the next argument.
  static func append(_ list: [Self], to frame: inout ArgumentFrame)
}

extension Array: TorchArgument where Element: TorchListElement {
  /// Passes the list.
  public func append(to frame: inout ArgumentFrame) { Element.append(self, to: &frame) }
}

extension Int: TorchListElement {
  /// Passes a list of integers, such as a shape.
  public static func append(_ list: [Int], to frame: inout ArgumentFrame) { frame.append(BP_INTS, list: list.map(Int64.init)) }
}

extension Double: TorchListElement {
  /// Passes a list of floating-point numbers.
  public static func append(_ list: [Double], to frame: inout ArgumentFrame) { frame.append(BP_DOUBLES, list: list) }
}

extension Tensor: TorchListElement {
  /// Passes a list of tensors.
  public static func append(_ list: [Tensor], to frame: inout ArgumentFrame) { frame.append(list) }
}

/// A fresh generator of random numbers on the CPU with this seed (MT19937, PyTorch's own), as an operator's `generator` argument.
public struct GeneratorSeed: TorchArgument, Sendable {
  /// The seed.
  public let value: UInt64

  /// Creates a generator argument from its seed.
  public init(_ value: UInt64) { self.value = value }

  /// Passes the generator.
  public func append(to frame: inout ArgumentFrame) { frame.append(BP_SEED, integer: Int64(bitPattern: value)) }
}
