/// Gives an ``Overlay`` to synthesised `init(from:)`.
struct OverlayDecoder: Decoder {
  let overlay: Overlay
  var asked = AskedKeys()

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(OverlayKeyedContainer<Key>(overlay: overlay, asked: asked))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw UnsupportedCoding(form: "an unkeyed container")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { OverlaySingleValueContainer(overlay: overlay) }
}

/// A settings type that codes itself in a way configurations have no form for.
struct UnsupportedCoding: Error, CustomStringConvertible {
  let form: String
  var description: String { "this settings type codes itself with \(form), which configurations do not have; use synthesised coding" }
}

struct OverlayKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let overlay: Overlay
  let asked: AskedKeys

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { (overlay.given?.fields ?? overlay.fallback?.fields ?? []).compactMap { Key(stringValue: $0.key) } }

  private func child(_ key: Key) -> Overlay {
    let name = KeySpelling.snakeCase(key.stringValue)
    asked.add(name)
    return overlay.child(name)
  }

  func contains(_ key: Key) -> Bool {
    let child = child(key)
    return child.given != nil || child.fallback != nil
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    let child = child(key)
    return (child.given ?? child.fallback)?.isNull ?? true
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let child = child(key)
    if child.given == nil, child.fallback == nil {
      overlay.context.report(overlay.mark, path: child.path, "the key '\(KeySpelling.snakeCase(key.stringValue))' is missing")
      throw ReportedProblem()
    }
    return try child.value(type)
  }

  /// A reported problem counts as nil, so that the rest of the settings is still looked at.
  private func decodeOptional<T: Decodable>(_ type: T.Type, _ key: Key) -> T? {
    let child = child(key)
    overlay.context.recorder?.recordOptional(type, overlay: child)
    guard let node = child.given ?? child.fallback, !node.isNull else { return nil }
    do {
      return try child.value(type)
    } catch {
      if !(error is ReportedProblem) { overlay.context.report(node.mark, path: child.path, "\(error)") }
      return nil
    }
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { decodeOptional(type, key) }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { decodeOptional(type, key) }
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? { decodeOptional(type, key) }

  func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) throws -> KeyedDecodingContainer<NestedKey> {
    KeyedDecodingContainer(OverlayKeyedContainer<NestedKey>(overlay: child(key), asked: AskedKeys()))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw UnsupportedCoding(form: "an unkeyed container")
  }

  func superDecoder() throws -> any Decoder { throw UnsupportedCoding(form: "a super decoder") }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw UnsupportedCoding(form: "a super decoder") }
}

struct OverlaySingleValueContainer: SingleValueDecodingContainer {
  let overlay: Overlay

  var codingPath: [any CodingKey] { [] }
  func decodeNil() -> Bool { (overlay.given ?? overlay.fallback)?.isNull ?? true }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try overlay.value(type) }
}
