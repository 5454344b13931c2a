/// Turns settings into nodes.
public enum SettingsEncoder {
  /// Returns the tree of all settings in the order of their declaration, keys in snake_case, nil as null.
  ///
  /// - Parameter origins: The tree the settings were read from; values named there take its places, the others count as defaults.
  /// - Throws: An error only when a settings type codes itself in a way that configurations have no form for.
  public static func node(of settings: some Settings, origins: Node? = nil) throws -> Node {
    let node = try node(ofValue: settings)
    return origins.map { node.takingMarks(from: $0) } ?? node
  }

  static func node(ofValue value: some Encodable) throws -> Node {
    if let value = value as? any NodeDecodable { return value.node }
    if let value = value as? any ScalarSetting { return value.node }
    if let value = value as? any ListSetting { return try value.node() }
    if let value = value as? any DictionarySetting { return try value.node() }
    if Choices.names(of: type(of: value)) != nil, let value = value as? any RawRepresentable, let name = value.rawValue as? String {
      return Node(.string(name))
    }
    let storage = NodeEncoder()
    try value.encode(to: storage)
    return storage.node
  }
}

/// Collects what synthesised `encode(to:)` gives.
final class NodeEncoder: Encoder {
  var node = Node(.map([]))

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(NodeKeyedContainer<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { UnsupportedUnkeyedContainer() }
  func singleValueContainer() -> any SingleValueEncodingContainer { NodeSingleValueContainer(encoder: self) }
}

struct NodeKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: NodeEncoder

  var codingPath: [any CodingKey] { [] }

  private func set(_ node: Node, _ key: Key) { encoder.node[KeySpelling.snakeCase(key.stringValue)] = node }

  mutating func encodeNil(forKey key: Key) throws { set(.null, key) }
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws { set(try SettingsEncoder.node(ofValue: value), key) }

  /// The standard containers leave out what is nil; here every key is wanted.
  private func setOptional(_ value: (some Encodable)?, _ key: Key) throws {
    set(try value.map { try SettingsEncoder.node(ofValue: $0) } ?? .null, key)
  }

  mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try setOptional(value, key) }
  mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try setOptional(value, key) }

  mutating func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type, forKey key: Key) -> KeyedEncodingContainer<NestedKey>
  {
    KeyedEncodingContainer(NodeKeyedContainer<NestedKey>(encoder: NodeEncoder()))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { UnsupportedUnkeyedContainer() }
  mutating func superEncoder() -> any Encoder { NodeEncoder() }
  mutating func superEncoder(forKey key: Key) -> any Encoder { NodeEncoder() }
}

struct NodeSingleValueContainer: SingleValueEncodingContainer {
  let encoder: NodeEncoder

  var codingPath: [any CodingKey] { [] }
  mutating func encodeNil() throws { encoder.node = .null }
  mutating func encode<T: Encodable>(_ value: T) throws { encoder.node = try SettingsEncoder.node(ofValue: value) }
}

/// Refuses, since configurations have lists of one type only, which are coded elsewhere.
struct UnsupportedUnkeyedContainer: UnkeyedEncodingContainer {
  var codingPath: [any CodingKey] { [] }
  var count: Int { 0 }
  mutating func encodeNil() throws { throw UnsupportedCoding(form: "an unkeyed container") }
  mutating func encode<T: Encodable>(_ value: T) throws { throw UnsupportedCoding(form: "an unkeyed container") }
  mutating func nestedContainer<Key: CodingKey>(keyedBy keyType: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(NodeKeyedContainer<Key>(encoder: NodeEncoder()))
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  mutating func superEncoder() -> any Encoder { NodeEncoder() }
}
