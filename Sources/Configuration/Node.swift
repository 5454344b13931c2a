/// One value of a configuration tree with the place it was written at.
///
/// Two nodes are equal when their values are: places and spellings do not count, and neither does the order of a map's keys.
public struct Node: Sendable {
  /// What a node holds.
  public enum Content: Sendable, Equatable {
    /// No value.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A number with a point or an exponent.
    case double(Double)
    /// A text.
    case string(String)
    /// Several values in their order.
    case list([Node])
    /// Named values in their order; the names are unique.
    case map([Field])
  }

  /// One named value of a map.
  public struct Field: Sendable, Equatable {
    /// The name.
    public var key: String
    /// The place of the name.
    public var mark: Mark
    /// The value.
    public var value: Node

    /// Creates a named value.
    public init(key: String, mark: Mark, value: Node) {
      self.key = key
      self.mark = mark
      self.value = value
    }

    /// Whether name and value are equal.
    public static func == (left: Field, right: Field) -> Bool { left.key == right.key && left.value == right.value }
  }

  /// What the node holds.
  public var value: Content
  /// The place it was written at.
  public var mark: Mark
  /// The spelling of a scalar as it was written, so that `1e-3` given to a text setting stays `1e-3`.
  public var text: String?

  /// Creates a node.
  public init(_ value: Content, mark: Mark = .defaults, text: String? = nil) {
    self.value = value
    self.mark = mark
    self.text = text
  }

  /// Creates a map of `fields`.
  public static func map(_ fields: [(String, Node)], mark: Mark = .defaults) -> Node {
    Node(.map(fields.map { Field(key: $0.0, mark: mark, value: $0.1) }), mark: mark)
  }

  /// The null node of a default.
  public static let null = Node(.null)

  /// Whether the node is null.
  public var isNull: Bool { value == .null }
  /// The fields of a map; nil for anything else.
  public var fields: [Field]? { if case .map(let fields) = value { fields } else { nil } }
  /// The elements of a list; nil for anything else.
  public var elements: [Node]? { if case .list(let elements) = value { elements } else { nil } }
  /// The text of a string; nil for anything else.
  public var string: String? { if case .string(let string) = value { string } else { nil } }

  /// The value named `key` of a map; setting nil removes it, and setting a value on anything but a map makes it a map.
  public subscript(key: String) -> Node? {
    get { fields?.first { $0.key == key }?.value }
    set {
      var fields = fields ?? []
      let index = fields.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let node?): fields[index].value = node
      case (let index?, nil): fields.remove(at: index)
      case (nil, let node?): fields.append(Field(key: key, mark: node.mark, value: node))
      case (nil, nil): return
      }
      value = .map(fields)
    }
  }

  /// The node at a dotted path such as `model.init_args.channels` or `trainer.callbacks[0]`; nil when there is none.
  public func node(at path: String) -> Node? {
    (KeySpelling.keys(of: path) ?? [path]).reduce(Optional(self)) { node, key in
      guard key.hasPrefix("["), let index = Int(key.dropFirst().dropLast()) else { return node?[key] }
      return node?.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }
  }
}

extension Node: Equatable {
  /// Whether the values are equal; maps are compared without regard to order.
  public static func == (left: Node, right: Node) -> Bool {
    guard let mine = left.fields, let others = right.fields else { return left.value == right.value }
    return mine.count == others.count && mine.allSatisfy { right[$0.key] == $0.value }
  }
}

extension Node {
  /// What the node is, for a sentence such as "expected an integer, found the text 'many'".
  public var summary: String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .int(let int): text ?? "\(int)"
    case .double(let double): text ?? "\(double)"
    case .string(let string): "the text '\(string.count > 60 ? string.prefix(57) + "..." : string)'"
    case .list(let elements): elements.isEmpty ? "an empty list" : "a list"
    case .map(let fields): fields.isEmpty ? "an empty map" : "a map with the keys \(fields.map(\.key).joined(separator: ", "))"
    }
  }

  /// Returns the tree with the places of `other` wherever both have a value.
  public func takingMarks(from other: Node) -> Node {
    var result = self
    if !other.mark.isDefault { result.mark = other.mark }
    if let fields, other.fields != nil {
      result.value = .map(
        fields.map { field in
          var field = field
          if let match = other.fields?.first(where: { $0.key == field.key }) {
            if !match.mark.isDefault { field.mark = match.mark }
            field.value = field.value.takingMarks(from: match.value)
          }
          return field
        })
    } else if let elements, let others = other.elements, elements.count == others.count {
      result.value = .list(zip(elements, others).map { $0.takingMarks(from: $1) })
    }
    return result
  }
}
