/// A message in the wire format of Protocol Buffers, written field by field.
///
/// The numbers of the fields come from the `.proto` files of TensorBoard. Fields that hold their default may be left out.
struct ProtobufMessage: Sendable, Equatable {
  /// The encoded fields.
  private(set) var bytes: [UInt8] = []

  /// Wire types of the format.
  private enum Wire: UInt64 {
    case varint = 0
    case eightBytes = 1
    case counted = 2
    case fourBytes = 5
  }

  /// Adds a whole number; negative ones take ten bytes, as `int32` and `int64` do.
  mutating func add(_ field: Int, _ value: Int) {
    key(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a truth value.
  mutating func add(_ field: Int, _ value: Bool) { add(field, value ? 1 : 0) }

  /// Adds a `double`.
  mutating func add(_ field: Int, _ value: Double) {
    key(field, .eightBytes)
    bytes += littleEndian(value.bitPattern)
  }

  /// Adds a `float`.
  mutating func add(_ field: Int, _ value: Float) {
    key(field, .fourBytes)
    bytes += littleEndian(value.bitPattern)
  }

  /// Adds a text.
  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Adds bytes.
  mutating func add(_ field: Int, _ value: [UInt8]) {
    key(field, .counted)
    varint(UInt64(value.count))
    bytes += value
  }

  /// Adds a message whose fields `fill` writes.
  mutating func add(_ field: Int, _ fill: (inout ProtobufMessage) -> Void) {
    var message = ProtobufMessage()
    fill(&message)
    add(field, message.bytes)
  }

  private mutating func key(_ field: Int, _ wire: Wire) { varint(UInt64(field) << 3 | wire.rawValue) }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// The bytes of a number, the least significant first.
func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
