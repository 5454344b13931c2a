public import Weights

extension ElementType {
  /// libtorch's number of the type (`c10::ScalarType`).
  var code: Int {
    switch self {
    case .uint8: 0
    case .int8: 1
    case .int16: 2
    case .int32: 3
    case .int64: 4
    case .float16: 5
    case .float32: 6
    case .float64: 7
    case .bool: 11
    case .bfloat16: 15
    }
  }

  /// Creates the type of libtorch's number `code`; nil for types that Benchpresso does not use (complex, quantised).
  init?(code: Int) {
    let all: [ElementType] = [.uint8, .int8, .int16, .int32, .int64, .float16, .float32, .float64, .bool, .bfloat16]
    guard let found = all.first(where: { $0.code == code }) else { return nil }
    self = found
  }
}

/// A Swift type that is the element of a tensor.
public protocol TensorElement: BitwiseCopyable, Sendable {
  /// The tensor's element type.
  static var elementType: ElementType { get }
}

extension Float: TensorElement {
  /// 32-bit floating point.
  public static var elementType: ElementType { .float32 }
}
extension Double: TensorElement {
  /// 64-bit floating point.
  public static var elementType: ElementType { .float64 }
}
extension Int64: TensorElement {
  /// 64-bit integers.
  public static var elementType: ElementType { .int64 }
}
extension Int32: TensorElement {
  /// 32-bit integers.
  public static var elementType: ElementType { .int32 }
}
extension UInt8: TensorElement {
  /// Unsigned bytes.
  public static var elementType: ElementType { .uint8 }
}
