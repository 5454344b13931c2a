/// A value that is written as `null` when there is none, where an optional would leave its key out.
///
/// On reading the key must be there: a file that lacks it was not written by this program.
@propertyWrapper
public struct OrNull<Value: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
  /// The value, nil for `null`.
  public var wrappedValue: Value?

  /// Wraps a value, or nothing.
  public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  /// Decodes the value or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  /// Encodes the value or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}
