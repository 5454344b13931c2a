/// The form for other coders such as JSON: plain values without places.
extension Node: Codable {
  /// Any name, as maps of a configuration have.
  private struct CoderKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Creates a node from any coder's value; maps come back sorted by name, since most coders do not keep an order.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CoderKey.self) {
      let keys = container.allKeys.sorted { $0.stringValue < $1.stringValue }
      self = try .map(keys.map { ($0.stringValue, try container.decode(Node.self, forKey: $0)) })
      return
    }
    if var container = try? decoder.unkeyedContainer() {
      var elements: [Node] = []
      while !container.isAtEnd { elements.append(try container.decode(Node.self)) }
      self.init(.list(elements))
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self.init(.null)
    } else if let bool = try? container.decode(Bool.self) {
      self.init(.bool(bool))
    } else if let int = try? container.decode(Int.self) {
      self.init(.int(int))
    } else if let double = try? container.decode(Double.self) {
      self.init(.double(double))
    } else {
      self.init(.string(try container.decode(String.self)))
    }
  }

  /// Writes the plain values into any coder.
  public func encode(to encoder: any Encoder) throws {
    switch value {
    case .map(let fields):
      var container = encoder.container(keyedBy: CoderKey.self)
      for field in fields { try container.encode(field.value, forKey: CoderKey(stringValue: field.key)) }
    case .list(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let bool):
      var container = encoder.singleValueContainer()
      try container.encode(bool)
    case .int(let int):
      var container = encoder.singleValueContainer()
      try container.encode(int)
    case .double(let double):
      var container = encoder.singleValueContainer()
      try container.encode(double)
    case .string(let string):
      var container = encoder.singleValueContainer()
      try container.encode(string)
    }
  }
}
