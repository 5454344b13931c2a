/// The number type of a stored tensor's elements.
public enum ElementType: String, Sendable, Equatable, CaseIterable, Codable {
  case float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, bool

  /// The bytes that one element takes.
  public var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// Whether the elements are floating-point numbers.
  public var isFloatingPoint: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    case .int64, .int32, .int16, .int8, .uint8, .bool: false
    }
  }
}
